package dev.postrider.submission;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What had become of a request before it came in this time.
 *
 * @param redrives how often it was sent again from the dead letters
 * @param recipients those of the envelope that are left; empty: all of them
 * @param attempts since the last redrive, oldest first
 * @param waited whether it was put away until its {@code sendAt} and then came in again
 */
public record History(int redrives, List<String> recipients, List<Attempt> attempts, boolean waited) {

    /** A schedule that is longer makes no sense. */
    public static final int MOST_ATTEMPTS = 1_000;

    private static final History NONE = new History(0, List.of(), List.of());

    public History {
        recipients = List.copyOf(recipients);
        attempts = List.copyOf(attempts);
    }

    /** Of one that did not have to wait for its time. */
    public History(int redrives, List<String> recipients, List<Attempt> attempts) {
        this(redrives, recipients, attempts, false);
    }

    /**
     * One transaction.
     *
     * @param reply the relay's, to the first of those who were left over; cut where it is longer than anybody reads
     */
    public record Attempt(Instant at, String reply) {

        private static final int LONGEST_REPLY = 1_000;

        public Attempt {
            if (reply.length() > LONGEST_REPLY) {
                int end =
                        Character.isHighSurrogate(reply.charAt(LONGEST_REPLY - 1)) ? LONGEST_REPLY - 1 : LONGEST_REPLY;
                reply = reply.substring(0, end);
            }
        }
    }

    /** Of a request that comes in for the first time. */
    public static History none() {
        return NONE;
    }

    /** The number of the attempt that comes next, from 1. */
    public int nextAttempt() {
        return attempts.size() + 1;
    }

    /** With one more attempt, after which these are left. */
    public History after(Attempt attempt, List<String> left) {
        List<Attempt> all = new ArrayList<>(attempts);
        all.add(attempt);
        return new History(redrives, left, all);
    }

    /** The same, put away until its time. */
    public History waiting() {
        return new History(redrives, recipients, attempts, true);
    }

    public Optional<Attempt> lastAttempt() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    }
}
