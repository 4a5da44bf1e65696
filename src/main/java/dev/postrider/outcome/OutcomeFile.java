package dev.postrider.outcome;

import dev.postrider.disk.RegularFile;
import dev.postrider.process.FatalErrors;
import dev.postrider.process.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Outcomes as lines of {@code outcomes.jsonl}, for one instance. Each is on the disk when it counts as stored; one thread
 * writes what several requests have to store meanwhile and has the disk sync once for all of them. An outcome becomes text
 * when its turn comes: a thousand recipients with large metadata would be a hundred megabytes of it.
 */
public final class OutcomeFile implements Outcomes {

    private static final Logger LOG = Logger.getLogger(OutcomeFile.class);
    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration TO_CLOSE = Duration.ofSeconds(5);
    private static final int BATCH = 100;

    private final BlockingQueue<Told> waiting = new LinkedBlockingQueue<>();
    private final RotatedFile file;
    private final String source;
    private final Thread thread = Worker.thread("outcomes-file", this::work);
    private boolean closing;

    /** What one call has to store. */
    private record Told(List<Outcome> outcomes, CompletableFuture<Void> stored) {}

    /** @throws IllegalArgumentException naming the setting that makes no sense */
    public OutcomeFile(Path folder, OutcomesConfig config) {
        if (config.maxFileSize().asLongValue() < 1) {
            throw new IllegalArgumentException("postrider.outcomes.max-file-size: at least 1");
        }
        if (config.maxFiles() < 1) {
            throw new IllegalArgumentException("postrider.outcomes.max-files: at least 1");
        }
        file = new RotatedFile(folder, config.maxFileSize().asLongValue(), config.maxFiles());
        try {
            file.prove();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "postrider.folder.path: cannot write outcomes.jsonl in " + folder + ": " + RegularFile.why(e), e);
        }
        Path name = folder.toAbsolutePath().normalize().getFileName();
        source = OutcomeEvent.source(name == null ? "" : name.toString());
        thread.start();
    }

    @Override
    public CompletableFuture<Void> store(List<Outcome> outcomes) {
        Told told = new Told(outcomes, new CompletableFuture<>());
        add(told);
        return told.stored();
    }

    private synchronized void add(Told told) {
        if (closing) {
            told.stored().completeExceptionally(new IOException("outcomes.jsonl is closed"));
        } else {
            waiting.add(told);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        try {
            thread.join(TO_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean done() {
        return closing && waiting.isEmpty();
    }

    private void work() {
        try (file) {
            while (!done()) {
                List<Told> batch = new ArrayList<>();
                Told first = waiting.poll(GLANCE.toNanos(), TimeUnit.NANOSECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH);
                    write(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warnf("outcomes.jsonl did not close well: %s", e);
        }
    }

    private void write(List<Told> batch) {
        try {
            for (Told told : batch) {
                for (Outcome outcome : told.outcomes()) {
                    file.append(OutcomeEvent.write(outcome, source) + "\n");
                }
            }
            file.force();
            batch.forEach(told -> told.stored().complete(null));
        } catch (Throwable e) {
            FatalErrors.check(e);
            // An Error too: requests that nobody answers would hold their room for ever.
            file.takeBack();
            batch.forEach(told -> told.stored().completeExceptionally(e));
        }
    }
}
