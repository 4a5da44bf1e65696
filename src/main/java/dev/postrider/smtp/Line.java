package dev.postrider.smtp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Whether the relay can be used. While it cannot, the line is stopped: requests wait where they are, nothing is
 * attempted, counted or dead-lettered. It starts out stopped, until the first session was opened. Thread-safe.
 */
public final class Line {

    private static final Logger LOG = Logger.getLogger(Line.class);
    private static final Duration REMINDER = Duration.ofMinutes(5);

    private static final String NOT_OPENED_YET = "no session opened yet";

    private final Clock clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    // Not synchronized: whoever waits here would hold on to the carrier of a virtual thread (before Java 24, JEP 491).
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Stop stop;
    private Instant reminded = Instant.MIN;
    private volatile boolean closed;

    /**
     * A stop.
     *
     * @param reason what is wrong and what to do
     */
    public record Stop(Instant since, String reason) {}

    Line(Clock clock) {
        this.clock = clock;
        this.stop = new Stop(clock.instant(), NOT_OPENED_YET);
    }

    /** Empty while the line is open. */
    public Optional<Stop> stop() {
        return Optional.ofNullable(stop);
    }

    /** Whether it is stopped because the relay cannot be used, and not only for the moment of the start. */
    boolean relayIsUnavailable() {
        Stop now = stop;
        return now != null && !now.reason().equals(NOT_OPENED_YET);
    }

    /**
     * Returns as soon as the line is open.
     *
     * @throws ShuttingDown when the line is closed while it is stopped
     */
    void awaitOpen() throws InterruptedException {
        if (stop == null) {
            return; // Of every message's way: without the lock.
        }
        lock.lock();
        try {
            while (stop != null) {
                if (closed) {
                    throw new ShuttingDown();
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a stop, for the prober. False when the line was closed instead. */
    boolean awaitStop() throws InterruptedException {
        lock.lock();
        try {
            while (stop == null && !closed) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits before the next probe. False when the line was closed meanwhile. */
    boolean pause(Duration delay) throws InterruptedException {
        lock.lock();
        try {
            long left = delay.toNanos();
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Has this done whenever the line has stopped, outside of any lock of ours. */
    void onStop(Runnable listener) {
        listeners.add(listener);
    }

    void stopped(String reason) {
        stop(reason);
        listeners.forEach(Runnable::run);
    }

    private void stop(String reason) {
        lock.lock();
        try {
            note(reason);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void note(String reason) {
        Instant now = clock.instant();
        boolean news = stop == null || !stop.reason().equals(reason);
        stop = new Stop(stop == null ? now : stop.since(), reason);
        if (news) {
            LOG.errorf("the line stops, requests wait: %s", reason);
            reminded = now;
        } else if (Duration.between(reminded, now).compareTo(REMINDER) > 0) {
            LOG.warnf("the line has been stopped since %s: %s", stop.since(), reason);
            reminded = now;
        }
    }

    void opened() {
        lock.lock();
        try {
            if (stop != null) {
                LOG.infof(
                        "the line is open (after %d s)",
                        Duration.between(stop.since(), clock.instant()).toSeconds());
            }
            stop = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        return closed;
    }

    /** For shutting down: whoever waits for the line to open is sent home. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
