package dev.postrider.message;

import dev.postrider.submission.Attachment.FileReference;
import jakarta.activation.DataSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * An attachment that is read from disk while the message is written, a buffer at a time.
 *
 * <p>The file must stay what it was at composing: a message may be written more than once (to sign it, to send it
 * again), and half a file must not pass for a whole one.
 */
final class AttachedFile implements DataSource {

    private final FileReference file;
    private final Path path;
    private final String type;
    private final long size;
    private final FileTime modified;

    private AttachedFile(FileReference file, String type, BasicFileAttributes attributes) {
        this.file = file;
        this.path = file.path();
        this.type = type;
        this.size = attributes.size();
        this.modified = attributes.lastModifiedTime();
    }

    static AttachedFile of(FileReference file, String type) throws AttachmentUnreadable {
        return new AttachedFile(file, type, attributes(file.path()));
    }

    @Override
    public InputStream getInputStream() throws AttachmentUnreadable {
        BasicFileAttributes now = attributes(path);
        if (now.size() != size || !now.lastModifiedTime().equals(modified)) {
            throw new AttachmentUnreadable(path, "changed since the message was composed");
        }
        try {
            return new Whole(file.open());
        } catch (IOException e) {
            throw new AttachmentUnreadable(path, e);
        }
    }

    /** Links are not followed here either: one put in place since could lead out of the attachments root. */
    private static BasicFileAttributes attributes(Path path) throws AttachmentUnreadable {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw new AttachmentUnreadable(path, "not a regular file");
            }
            return attributes;
        } catch (NoSuchFileException e) {
            throw new AttachmentUnreadable(path, "no such file");
        } catch (AttachmentUnreadable e) {
            throw e;
        } catch (IOException e) {
            throw new AttachmentUnreadable(path, e);
        }
    }

    @Override
    public String getContentType() {
        return type;
    }

    @Override
    public String getName() {
        return "";
    }

    @Override
    public OutputStream getOutputStream() {
        throw new UnsupportedOperationException("attachments are only read");
    }

    /** Refuses to end anywhere but at the size the file had. */
    private final class Whole extends FilterInputStream {
        private long count;

        Whole(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = readOrExplain(buffer, offset, length);
            count += Math.max(read, 0);
            if (count > size || (read < 0 && count < size)) {
                throw new AttachmentUnreadable(path, "changed while it was read");
            }
            return read;
        }

        private int readOrExplain(byte[] buffer, int offset, int length) throws AttachmentUnreadable {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException e) {
                throw new AttachmentUnreadable(path, e);
            }
        }
    }
}
