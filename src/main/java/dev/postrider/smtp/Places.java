package dev.postrider.smtp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The places for sessions: as many as the pool is large, each taken by a session that is in use, idle, being opened or
 * being closed, or free. Where one waits for a place, and for the {@link Allowance} to use it. Thread-safe.
 */
final class Places {

    private static final long LEAVING = -1;

    private final int size;
    private final Line line;
    private final LongSupplier nanos;
    private final Allowance allowance;
    private final ReentrantLock lock = new ReentrantLock(true); // Fair, so that nobody waits much beyond their turn.
    private final Condition changed = lock.newCondition();
    private final Deque<RelaySession> idle = new ArrayDeque<>();
    private int taken;
    private int inUse;
    private int waiting;
    private long era;
    private boolean closed;

    /**
     * A place one has claimed, with the session that was kept there, if one was.
     *
     * @param era counts the stops of the line: sessions that were in use when it stopped may be stuck for long, and those
     *     that are used since do not wait for them
     */
    record Place(Optional<RelaySession> kept, long era, long since) {}

    Places(SmtpConfig config, Line line, LongSupplier nanos) {
        this.size = config.pool().size();
        this.line = line;
        this.nanos = nanos;
        this.allowance = new Allowance(size, config.probe(), nanos);
    }

    /** Waits for a place, an idle session's rather than a free one. Empty as soon as the line is stopped. */
    Optional<Place> claim() throws InterruptedException {
        lock.lock();
        try {
            while (line.stop().isEmpty()) {
                requireNotClosed();
                if (mayBeUsed() && !idle.isEmpty()) {
                    return Optional.of(use(Optional.of(idle.pop())));
                }
                if (mayBeUsed() && taken < size) {
                    taken++;
                    return Optional.of(use(Optional.empty()));
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
                    return use(Optional.empty());
                }
                if (!idle.isEmpty()) {
                    return use(Optional.of(idle.removeLast()));
                }
                awaitChange();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The place of the session that has idled longest, if it has for as long as this or there are more than allowed. */
    Optional<Place> claimIdleFor(Duration age) {
        lock.lock();
        try {
            boolean old = !idle.isEmpty() && idle.getLast().idleFor(age);
            return old ? Optional.of(leaving(idle.removeLast())) : surplus();
        } finally {
            lock.unlock();
        }
    }

    /** What the transaction in this place tells. True when less is allowed since. */
    boolean told(Place place, Verdict verdict) {
        lock.lock();
        try {
            if (place.era() != era) {
                return false;
            }
            if (verdict == Verdict.RELAYED && allowance.relayed(inUse)) {
                changed.signalAll();
            }
            return verdict == Verdict.THROTTLED && allowance.throttled(place.since(), inUse);
        } finally {
            lock.unlock();
        }
    }

    /** Gives a claimed place back with a session in it. The place returned is that of a session that has to go. */
    Optional<Place> keep(Place place, RelaySession session) {
        lock.lock();
        try {
            noLongerUsed(place);
            if (closed) {
                return Optional.of(leaving(session));
            }
            session.idle();
            idle.push(session);
            changed.signal();
            return surplus();
        } finally {
            lock.unlock();
        }
    }

    /** Gives a claimed place back free. */
    void leave(Place place) {
        lock.lock();
        try {
            noLongerUsed(place);
            taken--;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Gives a claimed place back that could not be filled. False when there is no other session to make do with. */
    boolean makeDoWithout(Place place) {
        lock.lock();
        try {
            int others = idle.size() + inUse - (place.era() == era ? 1 : 0);
            if (others > 0) {
                allowance.refusedBeside(others);
            }
            return others > 0;
        } finally {
            lock.unlock();
        }
    }

    /** The line has stopped: whoever waits here is not to, and when it opens one session begins. */
    void lineStopped() {
        lock.lock();
        try {
            era++;
            inUse = 0;
            allowance.startAgain();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** We are stopping: nobody waits for a pause to end. */
    void lineClosed() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** From now on no place is given and no session kept; the idle sessions are the caller's. */
    List<Place> close() {
        lock.lock();
        try {
            closed = true;
            List<Place> last = idle.stream().map(Places::leaving).toList();
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
            return new RelayConnection.PoolState(
                    taken - idle.size(), idle.size(), waiting, opened, allowance.current());
        } finally {
            lock.unlock();
        }
    }

    /** What is allowed now. */
    @Override
    public String toString() {
        lock.lock();
        try {
            return allowance.toString();
        } finally {
            lock.unlock();
        }
    }

    /** While the relay wants pauses, nobody is in a hurry to be the next when we stop. */
    private boolean mayBeUsed() {
        boolean pause = allowance.pauseLeft() > 0;
        if (pause && line.closed()) {
            throw new ShuttingDown();
        }
        return !pause && inUse < allowance.current();
    }

    private Place use(Optional<RelaySession> kept) {
        inUse++;
        return new Place(kept, era, nanos.getAsLong());
    }

    private void noLongerUsed(Place place) {
        if (place.era() == era) {
            inUse--;
        }
    }

    /** Of more sessions than are allowed, the one that has idled longest. */
    private Optional<Place> surplus() {
        boolean tooMany = !idle.isEmpty() && idle.size() + inUse > allowance.current();
        return tooMany ? Optional.of(leaving(idle.removeLast())) : Optional.empty();
    }

    private static Place leaving(RelaySession session) {
        return new Place(Optional.of(session), LEAVING, 0);
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
            long pause = allowance.pauseLeft();
            if (pause > 0) {
                changed.awaitNanos(pause);
            } else {
                changed.await();
            }
        } finally {
            waiting--;
        }
    }
}
