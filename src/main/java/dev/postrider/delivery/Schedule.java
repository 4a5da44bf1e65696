package dev.postrider.delivery;

import dev.postrider.submission.Arrival;
import dev.postrider.submission.History;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** When the next attempt is due. Thread-safe. */
@Singleton
public class Schedule {

    /** A crowd put off together comes back a little spread out, but in no other order than it can be read in. */
    private static final Duration MOST_JITTER = Duration.ofMinutes(1);

    /** What lies further ahead, clocks and topics cannot express some day. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    /** There is a topic for it, whatever the delays are. */
    private static final Duration A_WHILE = Duration.ofMinutes(1);

    private final List<Duration> delays;
    private final Duration maxAge;
    private final Clock clock;
    private final DoubleSupplier random;

    @Inject
    Schedule(RetryConfig config, Clock clock) {
        this(config, clock, () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * @param random from 0 to 1
     * @throws IllegalArgumentException naming the setting, when a delay or the age is none
     */
    Schedule(RetryConfig config, Clock clock, DoubleSupplier random) {
        this.delays = config.delays();
        this.maxAge = config.maxAge();
        this.clock = clock;
        this.random = random;
        if (delays.size() >= History.MOST_ATTEMPTS) {
            throw new IllegalArgumentException("postrider.retry.delays: fewer than " + History.MOST_ATTEMPTS);
        }
        delays.forEach(delay -> require("delays: each ", delay));
        require("max-age: ", maxAge);
    }

    private static void require(String what, Duration value) {
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("postrider.retry." + what + "at least 1ms, at most 3650d");
        }
    }

    /** For a request that comes in again in a while, as it is: what it waits for takes a place of its own. No attempt. */
    Deferral putOff(Arrival arrival) {
        return new Deferral(
                arrival, arrival.history(), new Next(A_WHILE, clock.instant().plus(A_WHILE)));
    }

    /**
     * A wait before the next attempt.
     *
     * @param delay for the name of the topic
     * @param due the delay from now, and up to a tenth more, a minute at most
     */
    public record Next(Duration delay, Instant due) {}

    /**
     * Empty when it is to be given up, having been attempted once for each delay and once before, or being too old.
     *
     * @param history with the attempt that has just been made
     */
    public Optional<Next> after(History history) {
        int attempts = history.countingAttempts();
        if (attempts > delays.size()) {
            return Optional.empty();
        }
        Duration delay = delays.get(Math.max(attempts, 1) - 1);
        Instant due = clock.instant().plus(delay).plus(jitter(delay));
        // Not the end of its age, which a forged time would put beyond all times.
        Duration age = Duration.between(history.attempts().get(0).at(), due);
        boolean tooOld = age.compareTo(maxAge) > 0;
        return tooOld ? Optional.empty() : Optional.of(new Next(delay, due));
    }

    private Duration jitter(Duration delay) {
        return Duration.ofNanos((long) (mostJitter(delay).toNanos() * random.getAsDouble()));
    }

    /** By how much more than the delay a wait may last. */
    static Duration mostJitter(Duration delay) {
        Duration tenth = delay.dividedBy(10);
        return tenth.compareTo(MOST_JITTER) < 0 ? tenth : MOST_JITTER;
    }

    /** The delays in use, each once. */
    public List<Duration> delays() {
        return delays.stream().distinct().toList();
    }
}
