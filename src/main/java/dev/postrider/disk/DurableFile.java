package dev.postrider.disk;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
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

    /** A channel copies what it is given, as a whole, out of the heap, and keeps that room for the thread. */
    private static final int PIECE = 64 << 10;

    private DurableFile() {}

    /** What a file is to hold. */
    @FunctionalInterface
    public interface Content {

        /** Writes it, piece by piece where it is large. The stream is the caller's to close. */
        void to(OutputStream out) throws IOException;
    }

    /** As {@link #write(Path, Content)}. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #write(Path, Content)}. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, out -> {
            for (int at = 0; at < content.length; at += PIECE) {
                out.write(content, at, Math.min(PIECE, content.length - at));
            }
        });
    }

    /** Returns when the file stands under its name, on disk; one that stood there before is replaced. */
    public static void write(Path file, Content content) throws IOException {
        Path written = file.resolveSibling("." + file.getFileName());
        // What a crash left there, or a link that somebody put there to have another file overwritten.
        Files.deleteIfExists(written);
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), PIECE);
            content.to(out);
            out.flush();
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(written); // On a full disk it would take the room there is.
            throw e;
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
