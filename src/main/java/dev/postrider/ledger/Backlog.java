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
    private static final Duration A_MOMENT = Duration.ofMillis(4);

    private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>(ROOM);
    private final AtomicBoolean overflowed = new AtomicBoolean();

    void add(Entry entry) {
        if (!waiting.offer(entry) && overflowed.compareAndSet(false, true)) {
            LOG.warnf(
                    "the ledger cannot be stored and %d entries wait: what is relayed from now on until it can"
                            + " be stored might be relayed again after a restart",
                    ROOM);
        }
    }

    /** What comes within this time, and within a moment after the first: whoever takes them one by one is woken for each. */
    List<Entry> next(Duration patience) throws InterruptedException {
        List<Entry> batch = new ArrayList<>();
        Entry first = waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            batch.add(first);
            Thread.sleep(A_MOMENT.toMillis());
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
