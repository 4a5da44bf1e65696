package dev.postrider.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a look at the books says, in recipients.
 *
 * @param in how many went in, each copy of a request counting
 * @param relayed those the relay has, however often
 * @param suppressed second copies that were not relayed, as they should not
 * @param lost found nowhere
 * @param duplicated relayed more often than once; one entry for each surplus copy
 * @param parkedTwice waiting or dead-lettered more often than once, likewise
 * @param untold relayed, and no outcome says so
 * @param misplaced where they should not be, and where that is
 */
record Count(
        int in,
        int relayed,
        int waiting,
        int deadLetters,
        int suppressed,
        List<String> lost,
        List<String> duplicated,
        List<String> parkedTwice,
        List<String> untold,
        List<String> misplaced) {

    private static final int WORTH_SHOWING = 5;

    boolean complete() {
        return lost.isEmpty() && untold.isEmpty();
    }

    @Override
    public String toString() {
        return "in %d, relayed %d, waiting %d, dead letters %d, suppressed %d%s%s%s%s%s"
                .formatted(
                        in,
                        relayed,
                        waiting,
                        deadLetters,
                        suppressed,
                        some("lost", lost),
                        some("duplicated", duplicated),
                        some("parked twice", parkedTwice),
                        some("untold", untold),
                        some("misplaced", misplaced));
    }

    /** How many, and who the first few are; nothing if there are none. */
    static String some(String what, List<String> which) {
        return which.isEmpty()
                ? ""
                : ", %s %d (%s%s)"
                        .formatted(
                                what,
                                which.size(),
                                which.stream().limit(WORTH_SHOWING).collect(Collectors.joining("; ")),
                                which.size() > WORTH_SHOWING ? "; ..." : "");
    }

    /** A count being made. */
    static final class Tally {

        private long in;
        private long relayed;
        private long waiting;
        private long dead;
        private long suppressed;
        private final List<String> lost = new ArrayList<>();
        private final List<String> duplicated = new ArrayList<>();
        private final List<String> parkedTwice = new ArrayList<>();
        private final List<String> untold = new ArrayList<>();
        private final List<String> misplaced = new ArrayList<>();

        void in(int copies) {
            in += copies;
        }

        /** One recipient counts in one place; a dead letter may say that nobody knows, and the relay had it. */
        void out(long toRelay, long toWait, long toDeadLetters) {
            relayed += toRelay > 0 ? 1 : 0;
            waiting += toRelay == 0 && toWait > 0 ? 1 : 0;
            dead += toRelay + toWait == 0 && toDeadLetters > 0 ? 1 : 0;
        }

        void suppressed(long copies) {
            suppressed += copies;
        }

        void lost(String recipient) {
            lost.add(recipient);
        }

        void duplicated(String recipient, long surplus) {
            add(duplicated, recipient, surplus);
        }

        void parkedTwice(String recipient, long surplus) {
            add(parkedTwice, recipient, surplus);
        }

        void untold(String recipient) {
            untold.add(recipient);
        }

        void misplaced(String what) {
            misplaced.add(what);
        }

        Count count() {
            return new Count(
                    (int) in,
                    (int) relayed,
                    (int) waiting,
                    (int) dead,
                    (int) suppressed,
                    List.copyOf(lost),
                    List.copyOf(duplicated),
                    List.copyOf(parkedTwice),
                    List.copyOf(untold),
                    List.copyOf(misplaced));
        }

        private static void add(List<String> list, String recipient, long surplus) {
            for (long n = 0; n < surplus; n++) {
                list.add(recipient);
            }
        }
    }
}
