package dev.postrider.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Entries that wait to be stored. Bounded: what finds no place in it is not stored and may be relayed again after a
 * restart, which is better than holding up the mail. Thread-safe.
 */
final class Backlog {

    private static final Logger LOG = Logger.getLogger(Backlog.class);
    private static final int ROOM = 100_000;
    private static final int BATCH = 1_000;
    private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>(ROOM);
    private final AtomicBoolean overflowed = new AtomicBoolean();
    private final Duration moment;

    /** @param moment how long to wait for more after the first */
    Backlog(Duration moment) {
        this.moment = moment;
    }

    void add(Entry entry) {
        if (!waiting.offer(entry) && overflowed.compareAndSet(false, true)) {
            LOG.warnf(
                    "the ledger cannot be stored and %d entries wait: what is relayed from now on until it can"
                            + " be stored might be relayed again after a restart",
                    ROOM);
        }
    }

    /** What comes within this time, and within the moment after the first. */
    List<Entry> next(Duration patience) throws InterruptedException {
        List<Entry> batch = new ArrayList<>();
        Entry first = waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            batch.add(first);
            if (!moment.isZero()) {
                Thread.sleep(moment.toMillis());
            }
            waiting.drainTo(batch, BATCH);
        } else {
            overflowed.set(false);
        }
        return batch;
    }

    int size() {
        return waiting.size();
    }
}
