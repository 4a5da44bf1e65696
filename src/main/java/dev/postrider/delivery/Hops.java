package dev.postrider.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The way to a time that lies far ahead. On a retry topic records are due in the order they stand in, so there is no topic
 * for any time at all; but there are topics for some delays, and so a request goes there in hops, each as long as fits: to
 * tomorrow at 9:00 over {@code 6h}, {@code 6h}, {@code 1h}, {@code 10m} and so on. See docs/decisions/0014.
 */
public final class Hops {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final List<Duration> LENGTHS = List.of(
            Duration.ofHours(24),
            Duration.ofHours(6),
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            Duration.ofSeconds(10),
            SHORTEST);

    private Hops() {}

    /** How long they are, each with a topic of its own. */
    public static List<Duration> lengths() {
        return LENGTHS;
    }

    /**
     * The next hop. A record that stands before ours may be due later by its jitter, and holds ours up for so long: a hop
     * has to fit together with that. The last stretch, where none fits, is waited for on the topic of the shortest.
     */
    static Schedule.Next next(Instant now, Instant goal) {
        Duration left = Duration.between(now, goal);
        return LENGTHS.stream()
                .filter(length -> length.plus(Schedule.mostJitter(length)).compareTo(left) <= 0)
                .findFirst()
                .map(length -> new Schedule.Next(length, now.plus(length)))
                .orElseGet(() -> new Schedule.Next(SHORTEST, goal));
    }
}
