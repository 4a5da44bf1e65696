package dev.postrider.smtp;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How many sessions may be used at once for now: at least 1, at most as many as the pool has places. Begins with 1 each
 * time the line opens, so that a relay that is back is not met by all of us at once, and goes the way TCP goes with its
 * congestion window (RFC 5681 §3.1):
 *
 * <ul>
 *   <li>one more with each message relayed, up to half of what it was when the line stopped;
 *   <li>then one more each second in which messages are relayed;
 *   <li>one more each second in which nothing ends while somebody waits: one transaction that hangs must not hold up all;
 *   <li>half of it when the relay throttles, once for all that were under way;
 *   <li>no more than there are when the relay refuses a further one.
 * </ul>
 *
 * <p>What turned out to be too many is not tried again for the prober's longest delay. A relay that throttles a single
 * session gets a pause before each transaction, twice as long each time, half as long with each message relayed.
 *
 * <p>Grows only when all that are allowed are in use: what nobody needs is not known to be welcome. Not thread-safe.
 */
final class Allowance {

    /** What begins within this time of a cut is of the same burst. */
    private static final long BURST = Duration.ofMillis(500).toNanos();

    private static final long STEP = Duration.ofSeconds(1).toNanos();

    private final int size;
    private final long shortestPause;
    private final long longestPause;
    private final LongSupplier nanos;
    private int current = 1;
    private int fastUpTo;
    private int ceiling;
    private long ceilingUntil;
    private long changed;
    private long fullSince;
    private long cut;
    private long pause;
    private long pausedUntil;

    Allowance(int size, SmtpConfig.Probe probe, LongSupplier nanos) {
        this.size = size;
        this.shortestPause = probe.delay().toNanos();
        this.longestPause = probe.maxDelay().toNanos();
        this.nanos = nanos;
        long now = nanos.getAsLong();
        this.fastUpTo = size;
        this.ceiling = size;
        this.ceilingUntil = now;
        this.changed = now;
        this.fullSince = now;
        this.cut = now - BURST;
        this.pausedUntil = now;
    }

    int current() {
        return current;
    }

    /** How many nanoseconds the next transaction has to wait; 0 or less: none. */
    long pauseLeft() {
        return pause == 0 ? 0 : pausedUntil - nanos.getAsLong();
    }

    /** One more is in use now, and so many are together. */
    void used(int inUse) {
        if (inUse >= current) {
            fullSince = nanos.getAsLong();
        }
    }

    /** How many nanoseconds are left until time alone lets one more be used; 0 or less: now; empty: it never will. */
    OptionalLong growthLeft(int inUse) {
        if (pause > 0 || inUse < current || current >= size) {
            return OptionalLong.empty();
        }
        long now = nanos.getAsLong();
        long left = STEP - (now - (fullSince - changed > 0 ? fullSince : changed));
        return OptionalLong.of(current < ceiling ? left : Math.max(left, ceilingUntil - now));
    }

    /** Lets one more be used when it is time. */
    void grow(int inUse) {
        OptionalLong left = growthLeft(inUse);
        if (left.isPresent() && left.getAsLong() <= 0) {
            current++;
            changed = nanos.getAsLong();
        }
    }

    /** The line has stopped: when it opens, it begins anew. */
    void startAgain() {
        if (current > 1) {
            fastUpTo = current / 2;
        }
        current = 1;
        pause = 0;
    }

    /** A message was relayed. True when one more session may be used than before. */
    boolean relayed(int inUse) {
        long now = nanos.getAsLong();
        if (pause > 0) {
            pause = pause / 2 < shortestPause ? 0 : pause / 2;
            pausedUntil = now + pause;
            changed = now;
            return false;
        }
        int most = now - ceilingUntil < 0 ? ceiling : size;
        boolean more = inUse >= current && current < most && (current < fastUpTo || now - changed >= STEP);
        if (more) {
            current++;
            changed = now;
        }
        return more;
    }

    /**
     * A transaction was throttled. True when something follows from it.
     *
     * @param since when it began; one that began before the last cut tells nothing new
     */
    boolean throttled(long since, int inUse) {
        if (since - cut < (current > 1 ? BURST : 0)) {
            return false;
        }
        int level = Math.max(1, Math.min(current, inUse));
        if (level == 1) {
            pause = Math.min(longestPause, pause == 0 ? shortestPause : 2 * pause);
            pausedUntil = nanos.getAsLong() + pause;
        }
        cutTo(level / 2);
        noMoreThan(level - 1);
        return true;
    }

    /** The relay refused a session beside this many others. */
    void refusedBeside(int others) {
        cutTo(Math.min(current, others));
        noMoreThan(others);
    }

    private void cutTo(int sessions) {
        cut = nanos.getAsLong();
        changed = cut;
        current = Math.max(1, sessions);
        fastUpTo = current;
    }

    private void noMoreThan(int sessions) {
        ceiling = Math.max(1, sessions);
        ceilingUntil = nanos.getAsLong() + longestPause;
    }

    @Override
    public String toString() {
        return current
                + (current == 1 ? " session" : " sessions")
                + (pause > 0
                        ? ", and pauses for " + Duration.ofNanos(pause).toMillis() / 1000.0 + " s before each message"
                        : "");
    }
}
