package dev.postrider.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.submission.History;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");

    @Test
    void eachAttemptWaitsForTheNextDelayAndAfterTheLastThereIsNone() {
        Schedule schedule = schedule(Duration.ofDays(9), 0, minutes(1), minutes(5));

        assertThat(schedule.after(attempts(1, NOW))).hasValueSatisfying(next -> {
            assertThat(next.delay()).isEqualTo(minutes(1));
            assertThat(next.due()).isEqualTo(NOW.plus(minutes(1)));
        });
        assertThat(schedule.after(attempts(2, NOW)))
                .hasValueSatisfying(next -> assertThat(next.delay()).isEqualTo(minutes(5)));
        assertThat(schedule.after(attempts(3, NOW))).isEmpty();
    }

    @Test
    void anAttemptThatDoesNotCountIsFollowedByTheDelayBeforeIt() {
        Schedule schedule = schedule(Duration.ofDays(9), 0, minutes(1), minutes(5));
        History.Attempt excused = new History.Attempt(NOW, "452 4.5.3 too many recipients", false);
        History.Attempt counting = new History.Attempt(NOW, "451 4.3.0 local error");

        assertThat(schedule.after(new History(0, List.of(), List.of(excused))))
                .hasValueSatisfying(next -> assertThat(next.delay()).isEqualTo(minutes(1)));
        assertThat(schedule.after(new History(0, List.of(), List.of(counting, excused, counting, excused))))
                .hasValueSatisfying(next -> assertThat(next.delay()).isEqualTo(minutes(5)));
        assertThat(schedule.after(new History(0, List.of(), Collections.nCopies(103, excused))))
                .as("more than a hundred are no reason any more")
                .isEmpty();
    }

    @Test
    void thereIsNoAttemptBeyondTheMaximumAge() {
        Schedule schedule = schedule(minutes(10), 0, minutes(6), minutes(6));

        assertThat(schedule.after(attempts(1, NOW.minus(minutes(4))))).isPresent();
        assertThat(schedule.after(attempts(1, NOW.minus(minutes(5))))).isEmpty();
    }

    @Test
    void aForgedTimeOverflowsNothing() {
        Schedule schedule = schedule(Duration.ofDays(3650), 0, minutes(6));

        assertThat(schedule.after(attempts(1, Instant.MIN))).isEmpty();
        assertThat(schedule.after(attempts(1, Instant.MAX))).isPresent();
    }

    @Test
    void moreDelaysThanAHistoryHoldsAreRefusedByName() {
        Duration[] delays = Collections.nCopies(1000, minutes(1)).toArray(Duration[]::new);

        assertThatThrownBy(() -> schedule(minutes(1), 0, delays))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("postrider.retry.delays: fewer than 1000");
    }

    @Test
    void jitterIsATenthAndAMinuteAtTheMost() {
        assertThat(schedule(Duration.ofDays(9), 1, minutes(1)).after(attempts(1, NOW)))
                .hasValueSatisfying(next ->
                        assertThat(next.due()).isEqualTo(NOW.plus(minutes(1)).plusSeconds(6)));
        assertThat(schedule(Duration.ofDays(9), 1, Duration.ofHours(24)).after(attempts(1, NOW)))
                .hasValueSatisfying(next -> assertThat(next.due())
                        .isEqualTo(NOW.plus(Duration.ofHours(24)).plusSeconds(60)));
    }

    @Test
    void aDelayOfNothingOrWithoutEndIsRefusedByName() {
        for (Duration wrong : List.of(Duration.ZERO, minutes(-1), Duration.ofDays(3651))) {
            assertThatThrownBy(() -> schedule(minutes(1), 0, minutes(1), wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("postrider.retry.delays: each at least 1ms, at most 3650d");
        }
    }

    @Test
    void anAgeOfNothingOrWithoutEndIsRefusedByName() {
        for (Duration wrong : List.of(Duration.ZERO, minutes(-1), Duration.ofDays(3651))) {
            assertThatThrownBy(() -> schedule(wrong, 0, minutes(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("postrider.retry.max-age: at least 1ms, at most 3650d");
        }
    }

    private static Schedule schedule(Duration maxAge, double random, Duration... delays) {
        RetryConfig config = new RetryConfig() {
            @Override
            public List<Duration> delays() {
                return List.of(delays);
            }

            @Override
            public Duration maxAge() {
                return maxAge;
            }

            @Override
            public Unknown unknown() {
                return Unknown.RETRY;
            }
        };
        return new Schedule(config, Clock.fixed(NOW, ZoneOffset.UTC), () -> random);
    }

    private static History attempts(int count, Instant first) {
        return new History(
                0,
                List.of(),
                IntStream.range(0, count)
                        .mapToObj(n -> new History.Attempt(first, "451 busy"))
                        .toList());
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }
}
