package dev.postrider.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/**
 * Reads files that others have put down. No symbolic link is followed, and nothing is opened that could block: a reader of
 * a FIFO waits for its writer.
 */
public final class RegularFile {

    /** A channel reads as much at once as there is room for, and keeps a buffer of that size outside the heap. */
    private static final int PIECE = 64 << 10;

    private RegularFile() {}

    /** Whether a regular file stands there, and not a link to one. */
    public static boolean is(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * The content, at most so many bytes of it.
     *
     * @throws IOException also when it is no regular file
     */
    public static byte[] read(Path file, int atMost) throws IOException {
        // To look and then to open is safe only where nobody else can rename: in a folder of ours.
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !is(file)) {
            throw new FileSystemException(file.toString(), null, "not a regular file");
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer content = ByteBuffer.allocate((int) Math.min(channel.size(), atMost));
            int read = 0;
            while (read >= 0 && content.position() < content.capacity()) {
                content.limit(Math.min(content.position() + PIECE, content.capacity()));
                read = channel.read(content);
            }
            return read < 0 ? Arrays.copyOf(content.array(), content.position()) : content.array();
        }
    }

    /** Why a file or a folder cannot be used, in a few words and without its path. */
    public static String why(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "no permission";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        return failure instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : String.valueOf(failure.getMessage());
    }
}
