package dev.postrider.intake;

import java.util.Iterator;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The offsets settled beyond the committed one, as text for the commit's metadata: after a crash they are not relayed
 * again. Written as distances from the committed offset, runs joined: {@code a:1,3-7}. What does not fit is left out,
 * from the far end; left out means relayed again, so fewer is safe and a wrong one would lose mail.
 */
final class SettledAhead {

    /** Below the broker's default for {@code offset.metadata.max.bytes}, 4096. */
    static final int MAX_LENGTH = 3_500;

    private static final String VERSION = "a:";

    /** More than this nobody writes; it would only fill the memory. */
    private static final int MOST = 1_000_000;

    private SettledAhead() {}

    static String write(long committed, SortedSet<Long> settled) {
        StringBuilder text = new StringBuilder();
        for (Iterator<Run> runs = new Runs(settled.iterator()); runs.hasNext(); ) {
            String run = runs.next().from(committed);
            if (VERSION.length() + text.length() + 1 + run.length() > MAX_LENGTH) {
                break;
            }
            text.append(text.isEmpty() ? VERSION : ",").append(run);
        }
        return text.toString();
    }

    /** Metadata that is not ours, or not understood, says nothing: then all of it is relayed again. */
    static SortedSet<Long> read(long committed, String metadata) {
        SortedSet<Long> settled = new TreeSet<>();
        if (metadata == null || !metadata.matches("a:\\d{1,9}(-\\d{1,9})?(,\\d{1,9}(-\\d{1,9})?)*")) {
            return settled;
        }
        for (String run : metadata.substring(VERSION.length()).split(",")) {
            String[] ends = run.split("-");
            long last = Long.parseLong(ends[ends.length - 1]);
            if (last > MOST) {
                return new TreeSet<>();
            }
            for (long distance = Long.parseLong(ends[0]); distance <= last; distance++) {
                settled.add(committed + distance);
            }
        }
        return settled;
    }

    private record Run(long first, long last) {
        String from(long committed) {
            return first == last ? "" + (first - committed) : (first - committed) + "-" + (last - committed);
        }
    }

    /** Joins neighbours. */
    private static final class Runs implements Iterator<Run> {

        private final Iterator<Long> offsets;
        private Long ahead;

        Runs(Iterator<Long> offsets) {
            this.offsets = offsets;
            this.ahead = offsets.hasNext() ? offsets.next() : null;
        }

        @Override
        public boolean hasNext() {
            return ahead != null;
        }

        @Override
        public Run next() {
            long first = ahead;
            long last = first;
            ahead = null;
            while (offsets.hasNext()) {
                long offset = offsets.next();
                if (offset != last + 1) {
                    ahead = offset;
                    break;
                }
                last = offset;
            }
            return new Run(first, last);
        }
    }
}
