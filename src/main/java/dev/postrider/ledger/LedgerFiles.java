package dev.postrider.ledger;

import dev.postrider.process.FatalErrors;
import dev.postrider.process.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The ledger in a folder, for one instance: lines appended at once and put on the disk every second. Whoever makes this
 * holds the lock of the watched folder, so that nobody else writes there. Thread-safe.
 */
public final class LedgerFiles implements LedgerStore {

    private static final Logger LOG = Logger.getLogger(LedgerFiles.class);
    private static final Duration FORCE_EVERY = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    /** Whoever writes them one by one is woken for each. */
    private static final Duration A_MOMENT = Duration.ofMillis(4);

    private static final Duration TO_CLOSE = Duration.ofSeconds(5);

    private final Backlog backlog = new Backlog(A_MOMENT);
    private final Trouble trouble = new Trouble(LOG);
    private final List<Entry> batch = new ArrayList<>();
    private final Path folder;
    private final HourlyFiles files;
    private final Clock clock;
    private Thread worker;
    private volatile boolean closing;

    public LedgerFiles(Path folder, Duration window, Clock clock) {
        this.folder = folder;
        this.files = new HourlyFiles(folder, window);
        this.clock = clock;
    }

    @Override
    public synchronized void open(Reader reader) {
        worker = Worker.thread("ledger-files", () -> work(reader));
        worker.start();
    }

    @Override
    public void append(Entry entry) {
        backlog.add(entry);
    }

    @Override
    public synchronized void close() {
        closing = true;
        if (worker == null) {
            return;
        }
        try {
            worker.join(TO_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        worker.interrupt();
        if (backlog.size() > 0) {
            LOG.warnf("%d entries of the ledger could not be stored and might be relayed again", backlog.size());
        }
    }

    private void work(Reader reader) {
        try (files) {
            while (!load(reader)) {
                Thread.sleep(AFTER_FAILURE.toMillis());
            }
            long forced = System.nanoTime();
            while (!closing || !batch.isEmpty() || backlog.size() > 0) {
                write();
                if (closing || System.nanoTime() - forced >= FORCE_EVERY.toNanos()) {
                    force();
                    forced = System.nanoTime();
                }
            }
            files.force();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warnf("the ledger in %s did not close well: %s", folder, e);
        }
    }

    /** Without the ledger nothing may be relayed, so this is tried until it works. */
    private boolean load(Reader reader) {
        try {
            files.read(clock.instant(), reader::read);
            trouble.over("the ledger can be read");
            reader.loaded();
            return true;
        } catch (IOException | RuntimeException | Error e) {
            FatalErrors.check(e);
            trouble.tell("load", "cannot read the ledger in " + folder + ", nothing is relayed until it works: " + e);
            return closing;
        }
    }

    /** What was appended in the meantime goes in one write: nobody waits for this thread. */
    private void write() throws InterruptedException {
        if (batch.isEmpty()) {
            batch.addAll(backlog.next(closing ? Duration.ZERO : Duration.ofMillis(200)));
        }
        if (batch.isEmpty()) {
            return;
        }
        try {
            files.append(batch, clock.instant());
            batch.clear();
            trouble.over("the ledger can be stored again");
        } catch (IOException | RuntimeException | Error e) {
            FatalErrors.check(e);
            failed(e);
        }
    }

    private void force() throws InterruptedException {
        try {
            files.force();
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(Throwable e) throws InterruptedException {
        trouble.tell("store", "cannot store the ledger in " + folder + ", trying until it works: " + e);
        try {
            files.close();
        } catch (IOException again) {
            LOG.debugf("closing after that: %s", again.getMessage());
        }
        Thread.sleep(AFTER_FAILURE.toMillis());
    }
}
