package dev.postrider.intake;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;

/**
 * Counts what was taken at all doors and is not settled yet, up to a limit. When we stop there is no room any more, and so
 * nothing more is taken. Thread-safe.
 */
@Singleton
class InFlight {

    private int limit;
    private int taken;
    private long released;

    @Inject
    InFlight(IntakeConfig config) {
        this(config.inFlight());
    }

    InFlight(int limit) {
        this.limit = limit;
    }

    synchronized void stopping(@Observes CamelContextStoppingEvent stopping) {
        limit = 0;
        notifyAll();
    }

    synchronized boolean hasRoom() {
        return taken < limit;
    }

    /** Waits until there is room, at most for so long; false when there was none. */
    synchronized boolean awaitRoom(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); taken >= limit && left > 0; left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        return taken < limit;
    }

    /** Waits until something is settled, at most for so long. */
    synchronized void awaitRelease(Duration atMost) throws InterruptedException {
        long before = released;
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); released == before && left > 0; left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }

    synchronized void take() {
        taken++;
    }

    /** Takes as many as there is room for, at most so many; returns how many that was. */
    synchronized int take(int wanted) {
        int granted = Math.max(0, Math.min(wanted, limit - taken));
        taken += granted;
        return granted;
    }

    synchronized void release() {
        taken--;
        released++;
        notifyAll();
    }

    synchronized int count() {
        return taken;
    }
}
