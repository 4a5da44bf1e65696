package dev.postrider.smtp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sessions kept with the relay: at most {@link SmtpConfig.Pool#size()}, each used by one transaction at a time. The
 * one used last is used next, so that sessions nobody needs grow idle and leave. Thread-safe.
 */
final class SessionPool {

    private final SmtpConfig.Pool limits;
    private final Relay relay;
    private final Semaphore permits;
    private final Deque<RelaySession> idle = new ArrayDeque<>();
    private final AtomicLong opened = new AtomicLong();

    SessionPool(SmtpConfig.Pool limits, Relay relay) {
        this.limits = limits;
        this.relay = relay;
        this.permits = new Semaphore(limits.size(), true);
    }

    /**
     * A session for one transaction; waits while all are in use. Give it back with {@link #release}.
     *
     * @throws RelayBroken when a new one is needed and cannot be opened
     */
    RelaySession lease() throws RelayBroken, InterruptedException {
        permits.acquire();
        boolean leased = false;
        try {
            RelaySession session = fresh(takeIdle());
            leased = true;
            return session;
        } finally {
            if (!leased) {
                permits.release();
            }
        }
    }

    /** Ends a lease: the session is kept when the dialogue is in order, else dropped. */
    void release(RelaySession session) {
        try {
            if (session.reusable()) {
                keep(session);
            } else {
                session.quit();
            }
        } finally {
            permits.release();
        }
    }

    /** Opens a session and keeps it idle: the prober's way of finding out, and nothing is wasted. */
    void probe() throws RelayBroken {
        keep(open());
    }

    /** Says QUIT on sessions unused for longer than the idle timeout. */
    void evictIdle() {
        for (RelaySession session = oldestPast(limits.idleTimeout()); session != null; ) {
            session.quit();
            session = oldestPast(limits.idleTimeout());
        }
    }

    /** Says QUIT on every idle session. */
    void close() {
        for (RelaySession session = takeIdle(); session != null; session = takeIdle()) {
            session.quit();
        }
    }

    int idle() {
        synchronized (idle) {
            return idle.size();
        }
    }

    int busy() {
        return limits.size() - permits.availablePermits();
    }

    int waiting() {
        return permits.getQueueLength();
    }

    long opened() {
        return opened.get();
    }

    /** A session that idled is asked first: the relay may have hung up meanwhile. Never asked per message. */
    private RelaySession fresh(RelaySession candidate) throws RelayBroken {
        RelaySession session = candidate;
        while (session != null && session.idleNanos() > limits.probeAfter().toNanos() && !session.alive()) {
            session.abort();
            session = takeIdle();
        }
        return session == null ? open() : session;
    }

    private RelaySession open() throws RelayBroken {
        RelaySession session = relay.open();
        opened.incrementAndGet();
        return session;
    }

    private void keep(RelaySession session) {
        synchronized (idle) {
            idle.push(session);
        }
    }

    private RelaySession takeIdle() {
        synchronized (idle) {
            return idle.poll();
        }
    }

    private RelaySession oldestPast(Duration age) {
        synchronized (idle) {
            RelaySession oldest = idle.peekLast();
            return oldest != null && oldest.idleNanos() > age.toNanos() ? idle.pollLast() : null;
        }
    }
}
