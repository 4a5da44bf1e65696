package dev.postrider.smtp;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A clock that a test moves on by hand; begins anywhere, as {@link System#nanoTime} does. */
final class HandClock implements LongSupplier {

    private long now = Long.MAX_VALUE - 1_000;

    void advance(Duration time) {
        now += time.toNanos();
    }

    @Override
    public long getAsLong() {
        return now;
    }
}
