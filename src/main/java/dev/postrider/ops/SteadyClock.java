package dev.postrider.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * The time of day, for decisions that cannot be taken back: what has expired becomes a dead letter. When the system's clock leaps
 * by an hour or more while no such time has passed, this one goes on as it was for a day, and then believes it. A machine
 * that slept leaps as well; whoever knows that the new time is right restarts. Thread-safe.
 */
final class SteadyClock extends Clock {

    private static final Logger LOG = Logger.getLogger(SteadyClock.class);
    private static final Duration LEAP = Duration.ofHours(1);
    private static final Duration UNTIL_BELIEVED = Duration.ofDays(1);

    private final Clock wall;
    private final LongSupplier nanos;
    /** When both clocks were last looked at and agreed. */
    private Instant agreed;

    private long agreedNanos;
    private boolean leapt;

    SteadyClock() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    /** @param nanos as {@link System#nanoTime}: goes on evenly, whatever happens to the time of day */
    SteadyClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        agree(wall.instant(), nanos.getAsLong());
    }

    @Override
    public synchronized Instant instant() {
        Instant now = wall.instant();
        long elapsed = nanos.getAsLong();
        Instant steady = agreed.plusNanos(elapsed - agreedNanos);
        boolean leaps = Duration.between(steady, now).abs().compareTo(LEAP) >= 0;
        if (leaps && elapsed - agreedNanos < UNTIL_BELIEVED.toNanos()) {
            if (!leapt) {
                leapt = true;
                LOG.errorf(
                        "the clock leapt from %s to %s: for a day nothing is due or expires by the new time; if it is right,"
                                + " restart",
                        steady, now);
            }
            return steady;
        }
        if (leapt) {
            LOG.infof("the clock says %s and is believed again", now);
        }
        agree(now, elapsed);
        return now;
    }

    private void agree(Instant now, long elapsed) {
        agreed = now;
        agreedNanos = elapsed;
        leapt = false;
    }

    @Override
    public ZoneId getZone() {
        return wall.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SteadyClock(wall.withZone(zone), nanos);
    }
}
