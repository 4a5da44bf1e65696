package dev.postrider.ledger;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.spi.CamelEvent.CamelContextStoppedEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;

/**
 * Which legs were settled lately. A leg is one try of one request: it has begun, and then it is settled or left. What is
 * settled is known at once in this process, a moment later in the store, and a moment after that to other instances.
 * Thread-safe; a leg may end in another thread than it began in.
 */
@Startup // Loading takes a while: it begins with the application, not with the first request.
@Singleton
public class Ledger {

    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    private static final long A_LOOK = 50;

    private final boolean off;
    private final Clock clock;
    private final LedgerStore store;
    private final RecentLegs settled;
    /** With the fingerprint of the content. */
    private final Map<LegKey, Long> underWay = new HashMap<>();

    /** Those of them that somebody waits for. */
    private final Set<LegKey> awaited = new HashSet<>();

    private boolean loaded;
    private boolean closing;

    /** What the ledger knows of a leg that begins. */
    public enum Standing {
        /** Nothing: it is now under way, until it is settled or left. */
        NEW,
        /** The same leg is under way elsewhere in this process, and that takes its time. */
        UNDER_WAY,
        /** It was settled already. */
        SETTLED,
        /** It was settled already, with other content: two requests have the same id. */
        OTHER_CONTENT
    }

    @Inject
    Ledger(LedgerConfig config, LedgerStore store, Clock clock) {
        if (config.window().isNegative()) {
            throw new IllegalArgumentException("postrider.ledger.window: 0s (off) or longer");
        }
        if (config.maxIds() < 1) {
            throw new IllegalArgumentException("postrider.ledger.max-ids: at least 1");
        }
        this.off = config.window().isZero();
        this.clock = clock;
        this.store = store;
        this.settled = new RecentLegs(config.window(), config.maxIds(), clock);
        store.open(new Loading());
    }

    /**
     * Begins a leg. Waits until the ledger is loaded, and a moment for the same leg, if it is under way elsewhere in this
     * process: one waits, since whoever waits takes the place of somebody else. Unless this returns {@link Standing#NEW}, nothing has begun and nothing is to be ended.
     *
     * @throws LedgerClosed when we shut down and it would have to wait
     */
    public Standing begin(String leg, byte[] content) throws InterruptedException {
        if (off) {
            return Standing.NEW;
        }
        LegKey key = LegKey.of(leg);
        long fingerprint = Fingerprint.of(content).getLong();
        synchronized (this) {
            if (!awaitEndOf(key)) {
                return Standing.UNDER_WAY;
            }
            Optional<Note> known = settled.find(key);
            if (known.isPresent()) {
                return known.get().content() == fingerprint ? Standing.SETTLED : Standing.OTHER_CONTENT;
            }
            underWay.put(key, fingerprint);
            return Standing.NEW;
        }
    }

    /** False when the same leg is still under way. */
    private boolean awaitEndOf(LegKey key) throws InterruptedException {
        awaitCurrent();
        boolean waits = underWay.containsKey(key) && awaited.add(key);
        try {
            long end = System.nanoTime() + A_MOMENT.toNanos();
            for (long left = A_MOMENT.toNanos(); waits && underWay.containsKey(key) && left > 0; ) {
                if (closing) {
                    throw new LedgerClosed();
                }
                wait(Math.max(1, left / 1_000_000));
                awaitCurrent();
                left = end - System.nanoTime();
            }
        } finally {
            if (waits) {
                awaited.remove(key);
            }
        }
        return !underWay.containsKey(key);
    }

    private void awaitCurrent() throws InterruptedException {
        while (!loaded || !store.isCurrent()) {
            if (closing) {
                throw new LedgerClosed();
            }
            wait(A_LOOK);
        }
    }

    /** Notes a leg as settled, and ends it. */
    public void settled(String leg, byte[] content) {
        if (off) {
            return;
        }
        LegKey key = LegKey.of(leg);
        Entry entry;
        synchronized (this) {
            Long begun = underWay.remove(key);
            long fingerprint = begun == null ? Fingerprint.of(content).getLong() : begun;
            entry = new Entry(key, Note.of(fingerprint, clock.instant()));
            settled.add(entry);
            notifyAll();
        }
        store.append(entry);
    }

    /** Ends a leg without noting it: it may begin again. */
    public void leave(String leg) {
        if (off) {
            return;
        }
        LegKey key = LegKey.of(leg);
        synchronized (this) {
            underWay.remove(key);
            notifyAll();
        }
    }

    /** How many are remembered, for the gauge. */
    public synchronized int ids() {
        return settled.size();
    }

    /** First, while the routes drain: whoever would have to wait stays with his source. */
    synchronized void stopping(@Observes CamelContextStoppingEvent stopping) {
        closing = true;
        notifyAll();
    }

    /** Last: what was settled while they drained is stored as well. */
    void stopped(@Observes CamelContextStoppedEvent stopped) {
        store.close();
    }

    /** What comes in from the store, at the start and later. */
    private final class Loading implements LedgerStore.Reader {

        @Override
        public void read(Entry entry) {
            synchronized (Ledger.this) {
                settled.add(entry);
            }
        }

        @Override
        public void loaded() {
            synchronized (Ledger.this) {
                loaded = true;
                Ledger.this.notifyAll();
            }
        }
    }
}
