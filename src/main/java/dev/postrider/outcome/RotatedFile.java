package dev.postrider.outcome;

import dev.postrider.disk.DurableFile;
import dev.postrider.disk.LineFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * {@code outcomes.jsonl}, and the older {@code outcomes.1.jsonl}, {@code outcomes.2.jsonl}, … of which the first is the
 * latest. Not thread-safe.
 */
final class RotatedFile implements AutoCloseable {

    private final Path folder;
    private final long maxBytes;
    private final int maxOlder;
    private LineFile file;

    RotatedFile(Path folder, long maxBytes, int maxOlder) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.maxOlder = maxOlder;
    }

    /** Returns when they are on the disk. After a failure all may be appended again. */
    void append(String lines) throws IOException {
        try {
            if (file == null) {
                file = LineFile.open(current());
            }
            int bytes = lines.getBytes(StandardCharsets.UTF_8).length;
            if (file.size() > 0 && file.size() + bytes > maxBytes) {
                close();
                rotate();
                file = LineFile.open(current());
            }
            file.append(lines);
            file.force();
        } catch (IOException e) {
            try (RotatedFile failed = this) {
                throw e;
            }
        }
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
