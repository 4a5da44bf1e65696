package dev.postrider.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A text file in UTF-8 that only grows, by whole lines. A line that a crash cut off stays as it is and is ended when the
 * file is opened again, so the next one stands on its own. After any failure: close, and open anew. Not thread-safe; an
 * interrupt closes it.
 */
public final class LineFile implements AutoCloseable {

    private final FileChannel channel;
    private boolean unforced;

    private LineFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens a file in a folder that exists; makes it when there is none. */
    public static LineFile open(Path path) throws IOException {
        boolean isNew = !Files.exists(path);
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        LineFile file = new LineFile(channel);
        try {
            file.toEnd();
            if (isNew) {
                DurableFile.forceFolder(path.toAbsolutePath().getParent());
            }
            return file;
        } catch (IOException e) {
            try (file) {
                throw e;
            }
        }
    }

    /**
     * Hands lines over to the operating system, all or none: they survive the end of this process, not yet that of the
     * machine.
     *
     * @param lines each with its line feed
     */
    public void append(String lines) throws IOException {
        long before = channel.position();
        unforced = true;
        try {
            write(lines);
        } catch (IOException e) {
            channel.truncate(before); // A disk that is full takes the first half.
            throw e;
        }
    }

    /** Takes back what was appended after this size. */
    public void truncate(long size) throws IOException {
        channel.truncate(size);
    }

    /** Puts what was appended on the disk. */
    public void force() throws IOException {
        if (unforced) {
            channel.force(false);
            unforced = false;
        }
    }

    /** In bytes. */
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void toEnd() throws IOException {
        long size = channel.size();
        channel.position(size);
        ByteBuffer last = ByteBuffer.allocate(1);
        if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
            write("\n");
        }
    }

    private void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
