package dev.postrider.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When something was last seen to be so, and whether that is too long ago to rely on it. By two clocks, because of a process
 * that was stopped, or a machine that slept: one of them stands still meanwhile, the other may be set. Thread-safe.
 */
public final class LastSeen {

    private final long limitNanos;
    private final LongSupplier nanos;
    private final LongSupplier millis;
    private volatile Moment last;

    private record Moment(long nanos, long millis) {}

    public LastSeen(Duration limit) {
        this(limit, System::nanoTime, System::currentTimeMillis);
    }

    LastSeen(Duration limit, LongSupplier nanos, LongSupplier millis) {
        this.limitNanos = limit.toNanos();
        this.nanos = nanos;
        this.millis = millis;
        this.last = now();
    }

    /** Whether it was seen too long ago. */
    public boolean isOld() {
        return isOld(now());
    }

    /** It is seen now. @return false when the last time was too long ago, and stays so until it is begun anew */
    public boolean renew() {
        // Read once: a stop right behind this makes it old again.
        Moment now = now();
        if (isOld(now)) {
            return false;
        }
        last = now;
        return true;
    }

    /** What could have changed meanwhile was looked at. */
    public void beginAnew() {
        last = now();
    }

    private boolean isOld(Moment now) {
        Moment seen = last;
        return now.nanos() - seen.nanos() > limitNanos || (now.millis() - seen.millis()) * 1_000_000 > limitNanos;
    }

    private Moment now() {
        return new Moment(nanos.getAsLong(), millis.getAsLong());
    }
}
