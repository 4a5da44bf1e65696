package dev.postrider.smtp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places for sessions: as many as the pool is large, each taken by a session that is in use, idle, being opened or
 * being closed, or free. Where one waits for a place. Thread-safe.
 */
final class Places {

    private final int size;
    private final Line line;
    private final ReentrantLock lock = new ReentrantLock(true); // Fair, so that nobody waits much beyond their turn.
    private final Condition changed = lock.newCondition();
    private final Deque<RelaySession> idle = new ArrayDeque<>();
    private int taken;
    private int waiting;
    private long noMoreUntil = System.nanoTime();
    private boolean closed;

    /** A place one has claimed, with the session that was kept there, if one was. */
    record Place(Optional<RelaySession> kept) {}

    Places(int size, Line line) {
        this.size = size;
        this.line = line;
    }

    /** Waits for a place, an idle session's rather than a free one. Empty as soon as the line is stopped. */
    Optional<Place> claim() throws InterruptedException {
        lock.lock();
        try {
            while (line.stop().isEmpty()) {
                requireNotClosed();
                if (!idle.isEmpty()) {
                    return Optional.of(new Place(Optional.of(idle.pop())));
                }
                if (taken == 0 || (taken < size && System.nanoTime() - noMoreUntil >= 0)) {
                    taken++;
                    return Optional.of(new Place(Optional.empty()));
                }
                awaitChange();
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a place, a free one rather than an idle session's, whether the line is stopped or not. */
    Place claimForNew() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                requireNotClosed();
                if (taken < size) {
                    taken++;
                    return new Place(Optional.empty());
                }
                if (!idle.isEmpty()) {
                    return new Place(Optional.of(idle.removeLast()));
                }
                awaitChange();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The place of the session that has idled longest, if it has for as long as this. */
    Optional<Place> claimIdleFor(Duration age) {
        lock.lock();
        try {
            boolean old = !idle.isEmpty() && idle.getLast().idleFor(age);
            return old ? Optional.of(new Place(Optional.of(idle.removeLast()))) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Gives a claimed place back with a session in it. False when it is too late for that: then it has to go. */
    boolean keep(RelaySession session) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            session.idle();
            idle.push(session);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a claimed place back free. */
    void leave() {
        lock.lock();
        try {
            taken--;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Gives no free place for this long, as long as there is another one taken. False when there is none. */
    boolean makeDoFor(Duration time) {
        lock.lock();
        try {
            boolean others = taken > 1; // One place is the caller's own.
            if (others) {
                noMoreUntil = System.nanoTime() + time.toNanos();
            }
            return others;
        } finally {
            lock.unlock();
        }
    }

    /** For whoever waits here: the line has stopped. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** From now on no place is given and no session kept; the idle sessions are the caller's. */
    List<RelaySession> close() {
        lock.lock();
        try {
            closed = true;
            List<RelaySession> last = List.copyOf(idle);
            idle.clear();
            changed.signalAll();
            return last;
        } finally {
            lock.unlock();
        }
    }

    RelayConnection.PoolState state(long opened) {
        lock.lock();
        try {
            return new RelayConnection.PoolState(taken - idle.size(), idle.size(), waiting, opened);
        } finally {
            lock.unlock();
        }
    }

    private void requireNotClosed() {
        if (closed) {
            throw new ShuttingDown();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // The callers are the loops.
    private void awaitChange() throws InterruptedException {
        waiting++;
        try {
            long pause = noMoreUntil - System.nanoTime();
            if (taken < size && pause > 0) {
                changed.awaitNanos(pause);
            } else {
                changed.await();
            }
        } finally {
            waiting--;
        }
    }
}
