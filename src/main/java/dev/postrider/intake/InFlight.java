package dev.postrider.intake;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;

/**
 * Counts what was taken at all doors and is not settled yet, in requests and in bytes, up to a limit of each. When we stop there is no room any more, and so
 * nothing more is taken. Thread-safe.
 */
@Singleton
class InFlight {

    private final long mostBytes;
    private final StoreHealth stores;
    private int limit;
    private int taken;
    private long bytesTaken;
    private long released;

    @Inject
    InFlight(IntakeConfig config, StoreHealth stores) {
        this(config.inFlight(), config.inFlightBytes().asLongValue(), stores);
    }

    InFlight(int limit, long mostBytes) {
        this(limit, mostBytes, new StoreHealth());
    }

    InFlight(int limit, long mostBytes, StoreHealth stores) {
        this.stores = stores;
        this.limit = limit;
        this.mostBytes = mostBytes;
    }

    synchronized void stopping(@Observes CamelContextStoppingEvent stopping) {
        limit = 0;
        notifyAll();
    }

    /** What cannot be stored now: as long as there is anything, there is no room. */
    StoreHealth stores() {
        return stores;
    }

    synchronized boolean hasRoom() {
        return stores.isWell() && taken < limit && bytesTaken < mostBytes;
    }

    /** Waits until there is room, at most for so long; false when there was none. */
    synchronized boolean awaitRoom(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); !hasRoom() && left > 0; left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        return hasRoom();
    }

    /** Waits until there is room, at most for so long, and then a little for more: to hand over many at once costs less. */
    synchronized void awaitMuchRoom(Duration atMost, Duration little) throws InterruptedException {
        if (awaitRoom(atMost)) {
            long end = System.nanoTime() + little.toNanos();
            for (long left = little.toNanos(); limit - taken < limit / 4 && left > 0; left = end - System.nanoTime()) {
                wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        }
    }

    /** Waits until something is settled, at most for so long. */
    synchronized void awaitRelease(Duration atMost) throws InterruptedException {
        long before = released;
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); released == before && left > 0; left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }

    synchronized void take(int bytes) {
        taken++;
        bytesTaken += bytes;
    }

    /** @return false when there was no room */
    synchronized boolean takeIfRoom(int bytes) {
        if (!hasRoom()) {
            return false;
        }
        take(bytes);
        return true;
    }

    /** @param bytes as when it was taken */
    synchronized void release(int bytes) {
        taken--;
        bytesTaken -= bytes;
        released++;
        notifyAll();
    }
}
