package dev.postrider.smtp;

import dev.postrider.smtp.Usage.Use;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The places for sessions: as many as the pool is large, each taken by a session that is in use, idle, being opened or
 * being closed, or free. Where one waits for a place, and for the {@link Allowance} to use it. Thread-safe.
 */
final class Places {

    private final int size;
    private final Line line;
    private final Usage usage;
    private final ReentrantLock lock = new ReentrantLock(true); // Fair, so that nobody waits much beyond their turn.
    private final Condition changed = lock.newCondition();
    private final Deque<RelaySession> idle = new ArrayDeque<>();
    private int taken;
    private int waiting;
    private boolean closed;

    /** A place one has claimed, with the session that was kept there, if one was. */
    record Place(Optional<RelaySession> kept, Use use) {}

    Places(SmtpConfig config, Line line, LongSupplier nanos) {
        this.size = config.pool().size();
        this.line = line;
        this.usage = new Usage(config, nanos);
    }

    /** Waits for a place, an idle session's rather than a free one. Empty as soon as the line is stopped. */
    Optional<Place> claim() throws InterruptedException {
        lock.lock();
        try {
            while (line.stop().isEmpty()) {
                requireNotClosed();
                requireNoPauseAtTheEnd();
                usage.wanted();
                if (usage.free() && !idle.isEmpty()) {
                    return Optional.of(new Place(Optional.of(idle.pop()), usage.begin()));
                }
                if (usage.free() && taken < size) {
                    return Optional.of(free());
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
                    return free();
                }
                if (!idle.isEmpty()) {
                    return new Place(Optional.of(idle.removeLast()), usage.begin());
                }
                awaitChange();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The place of the session that has idled longest, if it has for as long as this or there are more than allowed. */
    Optional<Place> claimIdleFor(Duration age) {
        return locked(() -> {
            boolean old = !idle.isEmpty() && idle.getLast().idleFor(age);
            return old ? Optional.of(leaving(idle.removeLast())) : surplus();
        });
    }

    /** What the transaction in this place tells. True when less is allowed since. */
    boolean told(Place place, Verdict verdict) {
        return locked(() -> {
            if (verdict == Verdict.RELAYED && usage.relayed(place.use())) {
                changed.signalAll();
            }
            return verdict == Verdict.THROTTLED && usage.throttled(place.use());
        });
    }

    /** Gives a claimed place back with a session in it. The place returned is that of a session that has to go. */
    Optional<Place> keep(Place place, RelaySession session) {
        return locked(() -> {
            usage.end(place.use());
            if (closed) {
                return Optional.of(leaving(session));
            }
            session.idle();
            idle.push(session);
            changed.signal();
            return surplus();
        });
    }

    /** Gives a claimed place back free. */
    void leave(Place place) {
        locked(() -> {
            usage.end(place.use());
            changed.signal();
            return --taken;
        });
    }

    /** Gives a claimed place back that could not be filled. False, and not given back, when there is no other session. */
    boolean leaveToOthers(Place place) {
        return locked(() -> {
            boolean others = usage.refused(place.use(), idle.size());
            if (others) {
                taken--;
                changed.signal();
            }
            return others;
        });
    }

    /** The line has stopped: whoever waits here is not to, and when it opens one session begins. */
    void lineStopped() {
        locked(() -> {
            usage.startAgain();
            changed.signalAll();
            return usage;
        });
    }

    /** We are stopping: nobody waits for a pause to end. */
    void lineClosed() {
        locked(() -> {
            changed.signalAll();
            return line;
        });
    }

    /** From now on no place is given and no session kept; the idle sessions are the caller's. */
    List<Place> close() {
        return locked(() -> {
            closed = true;
            List<Place> last = idle.stream().map(Places::leaving).toList();
            idle.clear();
            changed.signalAll();
            return last;
        });
    }

    RelayConnection.PoolState state(long opened) {
        return locked(() ->
                new RelayConnection.PoolState(taken - idle.size(), idle.size(), waiting, opened, usage.allowed()));
    }

    /** What is allowed now. */
    @Override
    public String toString() {
        return locked(usage::toString);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private Place free() {
        taken++;
        return new Place(Optional.empty(), usage.begin());
    }

    /** Of more sessions than are allowed, the one that has idled longest. */
    private Optional<Place> surplus() {
        return !idle.isEmpty() && usage.tooMany(idle.size())
                ? Optional.of(leaving(idle.removeLast()))
                : Optional.empty();
    }

    private static Place leaving(RelaySession session) {
        return new Place(Optional.of(session), Use.NONE);
    }

    private void requireNotClosed() {
        if (closed) {
            throw new ShuttingDown();
        }
    }

    private void requireNoPauseAtTheEnd() {
        if (usage.pauseLeft() > 0 && line.closed()) {
            throw new ShuttingDown();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // The callers are the loops.
    private void awaitChange() throws InterruptedException {
        waiting++;
        try {
            OptionalLong atMost = usage.waitAtMost();
            if (atMost.isPresent()) {
                changed.awaitNanos(atMost.getAsLong());
            } else {
                changed.await();
            }
        } finally {
            waiting--;
        }
    }
}
