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

    private static final int MOST_EXCUSED = 100;

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
     * @param counts whether it is one of those that the schedule allows for; not when it settled some recipients and the
     *     others have not been tried
     */
    public record Attempt(Instant at, String reply, boolean counts) {

        private static final int LONGEST_REPLY = 1_000;

        public Attempt(Instant at, String reply) {
            this(at, reply, true);
        }

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

    /** How many of them the schedule counts: all that count, and those that are more than any relay makes necessary. */
    public int countingAttempts() {
        long excused = attempts.stream().filter(attempt -> !attempt.counts()).count();
        return attempts.size() < MOST_ATTEMPTS - 1
                ? attempts.size() - (int) Math.min(excused, MOST_EXCUSED)
                : attempts.size();
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
