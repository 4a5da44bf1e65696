package dev.postrider.smtp;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Turns handed out at a rate, first come first served: a token bucket, kept as the time at which the next token falls due.
 * That is four lines of arithmetic; the rest is waiting, and the wait has to end with the line. A library would have
 * replaced the lines and left the waiting to us. Thread-safe.
 */
final class RateLimit {

    private static final double FASTEST = 1_000_000;
    private static final double SLOWEST = 0.0001;
    private static final int LARGEST_BURST = 100_000;

    private final LongSupplier nanos;
    private final long interval;
    private final long credit;
    private long due;

    /** @throws IllegalArgumentException naming the setting */
    RateLimit(RateConfig config, LongSupplier nanos) {
        OptionalDouble rate = config.messagesPerSecond();
        if (rate.isPresent() && !(rate.getAsDouble() >= SLOWEST && rate.getAsDouble() <= FASTEST)) {
            throw new IllegalArgumentException(
                    "postrider.rate.messages-per-second: from 0.0001 to 1000000; leave it out for no limit");
        }
        if (config.burst() < 1 || config.burst() > LARGEST_BURST) {
            throw new IllegalArgumentException("postrider.rate.burst: 1 to 100000");
        }
        this.nanos = nanos;
        this.interval = rate.isPresent() ? (long) (1_000_000_000 / rate.getAsDouble()) : 0;
        this.credit = (config.burst() - 1) * interval;
        this.due = nanos.getAsLong() - credit;
    }

    /**
     * Waits for one's turn.
     *
     * @throws ShuttingDown when the line is closed meanwhile
     */
    void await(Line line) throws InterruptedException {
        Duration wait = turn();
        if (!wait.isZero() && !line.pause(wait)) {
            throw new ShuttingDown();
        }
    }

    /** Takes the next turn, and tells how long it is until then. */
    synchronized Duration turn() {
        long now = nanos.getAsLong();
        if (now - credit - due > 0) {
            due = now - credit; // What was not used for longer than a burst is lost.
        }
        long wait = due - now;
        due += interval;
        return wait > 0 ? Duration.ofNanos(wait) : Duration.ZERO;
    }
}
