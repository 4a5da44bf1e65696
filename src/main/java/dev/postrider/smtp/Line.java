package dev.postrider.smtp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/**
 * Whether the relay can be used. While it cannot, the line is stopped: requests wait where they are, nothing is
 * attempted, counted or dead-lettered. It starts out stopped, until the first session was opened. Thread-safe.
 */
public final class Line {

    private static final Logger LOG = Logger.getLogger(Line.class);
    private static final Duration REMINDER = Duration.ofMinutes(5);

    private final Clock clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Stop stop;
    private Instant reminded = Instant.MIN;
    private boolean closed;

    /**
     * A stop.
     *
     * @param reason what is wrong and what to do
     */
    public record Stop(Instant since, String reason) {}

    Line(Clock clock) {
        this.clock = clock;
        this.stop = new Stop(clock.instant(), "no session opened yet");
    }

    /** Empty while the line is open. */
    public synchronized Optional<Stop> stop() {
        return Optional.ofNullable(stop);
    }

    /**
     * Returns as soon as the line is open.
     *
     * @throws ShuttingDown when the line is closed while it is stopped
     */
    synchronized void awaitOpen() throws InterruptedException {
        while (stop != null) {
            if (closed) {
                throw new ShuttingDown();
            }
            wait();
        }
    }

    /** Waits for a stop, for the prober. False when the line was closed instead. */
    synchronized boolean awaitStop() throws InterruptedException {
        while (stop == null && !closed) {
            wait();
        }
        return !closed;
    }

    /** Waits before the next probe. False when the line was closed meanwhile. */
    synchronized boolean pause(Duration delay) throws InterruptedException {
        long end = System.nanoTime() + delay.toNanos();
        for (long left = delay.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        return !closed;
    }

    /** Has this done whenever the line has stopped, outside of any lock of ours. */
    void onStop(Runnable listener) {
        listeners.add(listener);
    }

    void stopped(String reason) {
        stop(reason);
        listeners.forEach(Runnable::run);
    }

    private synchronized void stop(String reason) {
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
        notifyAll();
    }

    synchronized void opened() {
        if (stop != null) {
            LOG.infof(
                    "the line is open (after %d s)",
                    Duration.between(stop.since(), clock.instant()).toSeconds());
        }
        stop = null;
        notifyAll();
    }

    synchronized boolean closed() {
        return closed;
    }

    /** For shutting down: whoever waits for the line to open is sent home. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
