package dev.postrider.smtp;

import dev.postrider.process.FatalErrors;
import dev.postrider.process.Worker;
import dev.postrider.smtp.Places.Place;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * The sessions kept with the relay: at most {@link SmtpConfig.Pool#size()}, each used by one transaction at a time. The
 * one used last is used next, so that sessions nobody needs grow idle and leave. How many may be used at once for now is
 * the {@link Allowance}'s to say: whoever wants one more waits for one in use. Thread-safe.
 */
final class SessionPool {

    private static final Logger LOG = Logger.getLogger(SessionPool.class);

    private final SmtpConfig config;
    private final Relay relay;
    private final Line line;
    private final Places places;
    private final Map<SessionEnd, LongAdder> ended = new EnumMap<>(SessionEnd.class);
    // QUIT waits for a reply, and what became of a message does not wait for that. At most one for each place.
    private final ThreadPoolExecutor goodbyes;

    SessionPool(SmtpConfig config, Relay relay, Line line) {
        this.config = config;
        this.relay = relay;
        this.line = line;
        this.places = new Places(config, line, System::nanoTime);
        this.goodbyes = new ThreadPoolExecutor(
                0,
                config.pool().size(),
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> Worker.thread("smtp-quit", task),
                (task, all) -> task.run());
        for (SessionEnd why : SessionEnd.values()) {
            ended.put(why, new LongAdder()); // All of them now: the map itself is only read from here on.
        }
    }

    /** A session one may use, and its place in the pool. */
    record Lease(Place place, RelaySession session) {}

    /**
     * A session for one transaction; waits while all are in use. Give it back with {@link #release}. Empty when the line
     * has stopped, be it because none could be opened: then the place to wait is the line.
     */
    Optional<Lease> lease() throws InterruptedException {
        try {
            for (Optional<Place> place = places.claim(); place.isPresent(); place = places.claim()) {
                Optional<RelaySession> kept = place.get().kept();
                Optional<Lease> lease = kept.isPresent() ? alive(place.get(), kept.get()) : open(place.get());
                if (lease.isPresent()) {
                    return lease;
                }
            }
        } catch (RelayBroken e) {
            LOG.debugf("no session: %s", e.getMessage()); // The line says so.
        }
        return Optional.empty();
    }

    /** Ends a lease: the session is kept when the dialogue is in order, else dropped. */
    void release(Lease lease) {
        RelaySession session = lease.session();
        if (places.told(lease.place(), session.verdict())) {
            LOG.warnf("the relay throttles us: for now Postrider uses %s", places);
        }
        if (session.reusable()) {
            places.keep(lease.place(), session).ifPresent(place -> drop(place, SessionEnd.SURPLUS));
        } else {
            drop(lease.place(), session, session.end());
        }
    }

    /**
     * Opens a session and keeps it: the prober's way of finding out, and nothing is wasted. One that was open before would
     * not do, it does not show that we are still let in.
     *
     * @throws RelayBroken when that was not possible; the line has been stopped
     */
    void probe() throws RelayBroken, InterruptedException {
        Place place = places.claimForNew();
        place.kept().ifPresent(kept -> {
            count(SessionEnd.SURPLUS);
            kept.quit();
        });
        open(place).ifPresent(this::release);
    }

    /** Says QUIT on sessions unused for longer than the idle timeout, and on those that are more than allowed. */
    void evictIdle() {
        Optional<Place> place = places.claimIdleFor(config.pool().idleTimeout());
        while (place.isPresent()) {
            drop(
                    place.get(),
                    place.get().kept().filter(this::unused).isPresent() ? SessionEnd.IDLE : SessionEnd.SURPLUS);
            place = places.claimIdleFor(config.pool().idleTimeout());
        }
    }

    /** To be called when the line has stopped: whoever waits for a session is to wait there instead. */
    void lineStopped() {
        places.lineStopped();
    }

    /** To be called when we stop: nobody is to wait until the relay wants more. */
    void lineClosed() {
        places.lineClosed();
    }

    /** Says QUIT on every idle session; those in use follow when they are released. */
    void close() {
        places.close().forEach(place -> drop(place, SessionEnd.STOP));
        goodbyes.shutdown();
        try {
            goodbyes.awaitTermination(RelaySession.PATIENCE_WITH_QUIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many sessions were ended for this reason. */
    long ended(SessionEnd why) {
        return ended.get(why).sum();
    }

    private void count(SessionEnd why) {
        ended.get(why).increment();
    }

    RelayConnection.PoolState state() {
        return places.state(relay.opened());
    }

    /** A session that idled is asked first: the relay may have hung up meanwhile. Never asked per message. */
    private Optional<Lease> alive(Place place, RelaySession kept) {
        if (kept.idleFor(config.pool().probeAfter()) && !kept.alive()) {
            count(SessionEnd.HUNG_UP);
            kept.abort();
            places.leave(place);
            return Optional.empty();
        }
        return Optional.of(new Lease(place, kept));
    }

    /**
     * Fills a claimed place with a new session. Empty, and the place left, when we have to make do with those we have.
     *
     * @throws RelayBroken when there is none to make do with; the place is left, the line has been stopped
     */
    private Optional<Lease> open(Place place) throws RelayBroken {
        boolean held = true;
        try {
            Lease lease = new Lease(place, openedForMail());
            held = false;
            return Optional.of(lease);
        } catch (RelayBusy e) {
            if (places.leaveToOthers(place)) {
                held = false;
                LOG.warnf("no further session for now: %s", e.getMessage());
                return Optional.empty();
            }
            line.stopped(e.getMessage());
            throw e;
        } catch (RelayBroken e) {
            line.stopped(e.getMessage()); // Before the place is free, so that nobody else tries.
            throw e;
        } finally {
            if (held) {
                places.leave(place);
            }
        }
    }

    /** A session that knows whether content may go in chunks. One that broke while that was tried is replaced. */
    private RelaySession openedForMail() throws RelayBroken {
        for (int broken = 0; ; broken++) {
            RelaySession session = relay.open();
            try {
                session.tryChunking();
                return session;
            } catch (IOException e) {
                session.abort();
                if (broken > 0) { // Once may be chance: a relay that restarts. From now on it is not tried.
                    session.concludeNoChunking("it ends the session: " + Causes.innermost(e));
                }
            }
        }
    }

    private boolean unused(RelaySession session) {
        return session.idleFor(config.pool().idleTimeout());
    }

    private void drop(Place place, SessionEnd why) {
        place.kept().ifPresent(session -> drop(place, session, why));
    }

    private void drop(Place place, RelaySession session, SessionEnd why) {
        count(why);
        if (session.inOrder()) {
            goodbyes.execute(() -> quit(place, session));
        } else {
            quit(place, session); // Nothing is said, so nothing is waited for.
        }
    }

    private void quit(Place place, RelaySession session) {
        try {
            session.quit();
        } catch (RuntimeException | Error e) {
            FatalErrors.check(e);
            LOG.errorf(e, "a mistake of ours in ending session %d", session.number()); // What was relayed stays so.
        } finally {
            places.leave(place);
        }
    }
}
