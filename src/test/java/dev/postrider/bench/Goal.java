package dev.postrider.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A number to be reached, and how it is found among the results.
 *
 * @param work in the words of the report
 * @param atLeast false: at most
 * @param seen empty when it was not measured
 */
record Goal(String work, String words, double bound, boolean atLeast, Function<Results, Optional<Spread>> seen) {

    /** At least so many times as fast as another, or the best of several, in the same round. */
    static Goal ratio(String work, Cell cell, String peer, double bound, String... others) {
        String words = String.format(Locale.ROOT, "≥ %s × %s", number(bound), String.join(" / ", others));
        return new Goal(work, words, bound, true, results -> results.ratio(cell, peer, List.of(others)));
    }

    /** At most so many processor seconds for 1000 messages. */
    static Goal cpu(String work, Cell cell, String peer, double bound) {
        return new Goal(
                work,
                "≤ " + number(bound) + " CPU s per 1000",
                bound,
                false,
                results -> results.spread(cell, peer, Sample::cpuPerThousand));
    }

    /** A row of the table. */
    String row(Results results) {
        Optional<Spread> found = seen.apply(results);
        return "| %s | %s | %s | %s |"
                .formatted(
                        work,
                        words,
                        found.map(Numbers::ratio).orElse("–"),
                        found.map(this::verdict).orElse("not measured"));
    }

    private String verdict(Spread spread) {
        boolean met = atLeast ? spread.median() >= bound : spread.median() <= bound;
        return met ? "met" : "**missed**";
    }

    private static String number(double bound) {
        return bound == Math.rint(bound) ? Integer.toString((int) bound) : Double.toString(bound);
    }
}
