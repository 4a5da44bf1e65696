package dev.postrider.intake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;

/** Writes files that are there whole or not at all, and survive a power cut. */
public final class DurableFile {

    private static final Logger LOG = Logger.getLogger(DurableFile.class);

    private DurableFile() {}

    /** Returns when the file stands under its name, on disk; one that stood there before is replaced. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Likewise. */
    public static void write(Path file, byte[] content) throws IOException {
        Path written = file.resolveSibling("." + file.getFileName());
        try (FileChannel channel = FileChannel.open(
                written, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Moves a file into a folder. */
    public static void move(Path file, Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        // The rename itself survives a power cut only with the folder. It is done, whatever becomes of this.
        try (FileChannel channel = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.warnf("%s may not survive a power cut: %s", target.getParent(), e.getMessage());
        }
    }
}
