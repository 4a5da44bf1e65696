package dev.postrider.smtp;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Which sessions are in use, held against how many may be. Those that were in use when the line stopped do not count: they
 * may be stuck for long, and whoever comes after the line has opened is not to wait for them. Not thread-safe.
 */
final class Usage {

    private final Allowance allowance;
    private final LongSupplier nanos;
    private int inUse;
    private long era;

    /**
     * One session in use, since then.
     *
     * @param era counts the stops of the line
     */
    record Use(long era, long since) {

        /** Of a session that is leaving: it does not count any more. */
        static final Use NONE = new Use(-1, 0);
    }

    Usage(SmtpConfig config, LongSupplier nanos) {
        this.allowance = new Allowance(config.pool().size(), config.probe(), nanos);
        this.nanos = nanos;
    }

    /** Whether one more may be used now. */
    boolean free() {
        return pauseLeft() <= 0 && inUse < allowance.current();
    }

    /** In nanoseconds; 0 or less: none. */
    long pauseLeft() {
        return allowance.pauseLeft();
    }

    /** Somebody wants to use one more: perhaps it is time. */
    void wanted() {
        allowance.grow(inUse);
    }

    /** How many nanoseconds whoever wants one more has to wait at most before asking again; empty: until told. */
    OptionalLong waitAtMost() {
        long pause = pauseLeft();
        return pause > 0 ? OptionalLong.of(pause) : allowance.growthLeft(inUse);
    }

    int allowed() {
        return allowance.current();
    }

    Use begin() {
        inUse++;
        allowance.used(inUse);
        return new Use(era, nanos.getAsLong());
    }

    void end(Use use) {
        if (counts(use)) {
            inUse--;
        }
    }

    /** Whether there are more sessions than are allowed, with so many that are idle. */
    boolean tooMany(int idle) {
        return idle + inUse > allowance.current();
    }

    /** The relay took a message. True when one more may be used since. */
    boolean relayed(Use use) {
        return counts(use) && allowance.relayed(inUse);
    }

    /** The relay wants less at once. True when something follows from it. */
    boolean throttled(Use use) {
        return counts(use) && allowance.throttled(use.since(), inUse);
    }

    /**
     * The relay refused the session that was to be used, beside so many idle ones. If there are others its use has ended, in
     * the same moment: else one of them would be one too many and leave. False when it was the only one.
     */
    boolean refused(Use use, int idle) {
        int others = idle + inUse - (counts(use) ? 1 : 0);
        if (others > 0) {
            allowance.refusedBeside(others);
            end(use);
        }
        return others > 0;
    }

    /** The line has stopped. */
    void startAgain() {
        era++;
        inUse = 0;
        allowance.startAgain();
    }

    private boolean counts(Use use) {
        return use.era() == era;
    }

    @Override
    public String toString() {
        return allowance.toString();
    }
}
