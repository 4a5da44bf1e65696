package dev.postrider.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;

/** Files that are there whole or not at all, and survive a power cut. */
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
        move(written, file);
    }

    /** Moves a file into a folder. */
    public static void move(Path file, Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        try {
            forceFolder(target.getParent());
        } catch (IOException e) {
            // The move is done, whatever becomes of this.
            LOG.warnf("%s may not survive a power cut: %s", target.getParent(), e.getMessage());
        }
    }

    /** A name that was made or changed survives a power cut only with its folder. */
    public static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.toAbsolutePath(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
