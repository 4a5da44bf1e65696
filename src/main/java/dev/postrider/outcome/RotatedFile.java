package dev.postrider.outcome;

import dev.postrider.disk.DurableFile;
import dev.postrider.disk.LineFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jboss.logging.Logger;

/**
 * {@code outcomes.jsonl}, and the older {@code outcomes.1.jsonl}, {@code outcomes.2.jsonl}, … of which the first is the
 * latest. Not thread-safe.
 */
final class RotatedFile implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RotatedFile.class);

    /** In characters: a write for each line would cost more. */
    private static final int CHUNK = 64 << 10;

    private final StringBuilder pending = new StringBuilder();
    private final Path folder;
    private final long maxBytes;
    private final int maxOlder;
    private LineFile file;
    private long stored;

    RotatedFile(Path folder, long maxBytes, int maxOlder) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.maxOlder = maxOlder;
    }

    /** Before anything is relayed: outcomes that cannot be written would have it relayed again after each restart. */
    void prove() throws IOException {
        LineFile.open(current()).close();
    }

    /** Appends a line, which is on the disk after the next {@link #force}. */
    void append(String line) throws IOException {
        if (pending.length() > 0 && pending.length() + line.length() > CHUNK) {
            write();
        }
        pending.append(line);
    }

    /** Returns when what was appended is on the disk. */
    void force() throws IOException {
        write();
        if (file != null) {
            file.force();
            stored = file.size();
        }
    }

    /** After a failure: what was appended since the last {@link #force} is not to stand there, all of it comes again. */
    void takeBack() {
        pending.setLength(0);
        try (RotatedFile failed = this) {
            if (file != null) {
                file.truncate(stored);
            }
        } catch (IOException e) {
            LOG.debugf("what was half stored in outcomes.jsonl stays there: %s", e.getMessage());
        }
    }

    private void write() throws IOException {
        if (pending.isEmpty()) {
            return;
        }
        String lines = pending.toString();
        pending.setLength(0);
        if (file == null) {
            file = LineFile.open(current());
            stored = file.size();
        }
        if (file.size() > 0 && file.size() + lines.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            file.force();
            close();
            rotate();
            file = LineFile.open(current());
            stored = 0;
        }
        file.append(lines);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            LineFile closing = file;
            file = null;
            closing.close();
        }
    }

    /** From the oldest to the latest, so that a crash in between leaves a gap and overwrites nothing; the next fills it. */
    private void rotate() throws IOException {
        int free = 1;
        while (free < maxOlder && Files.exists(older(free))) {
            free++;
        }
        for (int n = free; n > 1; n--) {
            Files.move(older(n - 1), older(n), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(current(), older(1), StandardCopyOption.ATOMIC_MOVE);
        DurableFile.forceFolder(current().toAbsolutePath().getParent());
    }

    private Path current() {
        return folder.resolve("outcomes.jsonl");
    }

    private Path older(int n) {
        return folder.resolve("outcomes." + n + ".jsonl");
    }
}
