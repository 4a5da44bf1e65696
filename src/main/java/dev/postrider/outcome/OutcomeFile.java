package dev.postrider.outcome;

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
 * writes what several requests have to store meanwhile and has the disk sync once for all of them.
 */
public final class OutcomeFile implements Outcomes {

    private static final Logger LOG = Logger.getLogger(OutcomeFile.class);
    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration TO_CLOSE = Duration.ofSeconds(5);
    private static final int BATCH = 100;

    private final BlockingQueue<Lines> waiting = new LinkedBlockingQueue<>();
    private final RotatedFile file;
    private final String source;
    private final Thread thread = new Thread(this::work, "outcomes-file");
    private boolean closing;

    /** What one call has to store. */
    private record Lines(String text, CompletableFuture<Void> stored) {}

    /** @throws IllegalArgumentException naming the setting that makes no sense */
    public OutcomeFile(Path folder, OutcomesConfig config) {
        if (config.maxFileSize().asLongValue() < 1) {
            throw new IllegalArgumentException("postrider.outcomes.max-file-size: at least 1");
        }
        if (config.maxFiles() < 1) {
            throw new IllegalArgumentException("postrider.outcomes.max-files: at least 1");
        }
        file = new RotatedFile(folder, config.maxFileSize().asLongValue(), config.maxFiles());
        Path name = folder.toAbsolutePath().normalize().getFileName();
        source = OutcomeEvent.source(name == null ? "" : name.toString());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public CompletableFuture<Void> store(List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder();
        outcomes.forEach(
                outcome -> text.append(OutcomeEvent.write(outcome, source)).append('\n'));
        Lines lines = new Lines(text.toString(), new CompletableFuture<>());
        add(lines);
        return lines.stored();
    }

    private synchronized void add(Lines lines) {
        if (closing) {
            lines.stored().completeExceptionally(new IOException("outcomes.jsonl is closed"));
        } else {
            waiting.add(lines);
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
                List<Lines> batch = new ArrayList<>();
                Lines first = waiting.poll(GLANCE.toNanos(), TimeUnit.NANOSECONDS);
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

    private void write(List<Lines> batch) {
        StringBuilder text = new StringBuilder();
        batch.forEach(lines -> text.append(lines.text()));
        try {
            file.append(text.toString());
            batch.forEach(lines -> lines.stored().complete(null));
        } catch (IOException | RuntimeException e) {
            batch.forEach(lines -> lines.stored().completeExceptionally(e));
        }
    }
}
