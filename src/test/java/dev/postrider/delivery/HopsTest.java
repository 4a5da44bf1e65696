package dev.postrider.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class HopsTest {

    private static final Instant START = Instant.parse("2026-03-01T04:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** What the shortest hop is followed by at most: the last stretch, that fits no hop. */
    private static final Duration STRETCH = Duration.ofMillis(1100);

    @Test
    void theLongestThatFitsWithItsJitterIsTaken() {
        assertThat(Hops.next(START, START.plus(DAY).plusSeconds(60)))
                .isEqualTo(new Schedule.Next(DAY, START.plus(DAY)));
        assertThat(Hops.next(START, START.plus(DAY).plusSeconds(59)).delay()).isEqualTo(Duration.ofHours(6));
        assertThat(Hops.next(START, START.plusSeconds(66)).delay()).isEqualTo(Duration.ofMinutes(1));
        assertThat(Hops.next(START, START.plusSeconds(65)).delay()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void theLastStretchIsWaitedForToTheEnd() {
        Instant goal = START.plusMillis(1099);

        assertThat(Hops.next(START, goal)).isEqualTo(new Schedule.Next(SECOND, goal));
        assertThat(Hops.next(START, START.minusSeconds(5)))
                .as("a clock went on meanwhile")
                .isEqualTo(new Schedule.Next(SECOND, START.minusSeconds(5)));
    }

    /** Each hop lasts as long as it may: others on its topic hold it up by their jitter. */
    @RepeatedTest(20)
    void theGoalIsReachedNeverBeforeAndAtMostAStretchLater() {
        Random random = new Random();
        Instant goal = START.plusMillis(
                (long) (random.nextDouble() * Duration.ofDays(400).toMillis()));
        Map<Duration, Integer> hops = new HashMap<>();
        Instant now = START;
        while (now.isBefore(goal)) {
            Schedule.Next next = Hops.next(now, goal);
            assertThat(next.due()).isBeforeOrEqualTo(goal).isAfter(now);
            hops.merge(next.delay(), 1, Integer::sum);
            now = next.due().plusNanos((long) (Schedule.mostJitter(next.delay()).toNanos() * random.nextDouble()));
        }

        assertThat(now).isBetween(goal, goal.plus(STRETCH));
        assertThat(hops.entrySet())
                .filteredOn(hop -> hop.getKey().compareTo(DAY) < 0)
                .allSatisfy(hop -> assertThat(hop.getValue()).as(hop.toString()).isLessThanOrEqualTo(11));
        assertThat(hops.values().stream().mapToInt(Integer::intValue).sum())
                .isLessThanOrEqualTo((int) Duration.between(START, goal).toDays() + 45);
    }

    /** Whoever stands behind on a topic is due later, but for the last stretches. */
    @RepeatedTest(5)
    void onEachTopicTheyAreDueInTheOrderTheyStandIn() {
        Random random = new Random();
        Map<Duration, Instant> last = new HashMap<>();
        Instant now = START;
        for (int n = 0; n < 20_000; n++) {
            now = now.plusMillis(random.nextInt(2_000));
            // As many close ones as far ones.
            double most = Duration.ofDays(400).toMillis();
            Duration left = Duration.ofMillis((long) Math.exp(random.nextDouble() * Math.log(most)));
            Schedule.Next next = Hops.next(now, now.plus(left));
            Duration spread = next.delay().equals(SECOND) ? STRETCH : Duration.ZERO;

            assertThat(next.due())
                    .isAfterOrEqualTo(last.getOrDefault(next.delay(), Instant.MIN.plus(spread))
                            .minus(spread));
            last.merge(next.delay(), next.due(), (a, b) -> a.isAfter(b) ? a : b);
        }
    }
}
