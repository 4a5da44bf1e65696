package dev.postrider.message;

import dev.postrider.submission.Attachment.FileReference;
import dev.postrider.submission.Excerpt;
import dev.postrider.submission.Sha256;
import jakarta.activation.DataSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * An attachment that is read from disk while the message is written, a buffer at a time.
 *
 * <p>The file must stay what it was at composing, to the end of each reading: a message may be written more than once (to
 * sign it, to send it again), and half a file, or half of one and half of another, must not pass for a whole one. Whether it
 * is the one that the request means is found out on the way, when its digest is known.
 */
final class AttachedFile implements DataSource {

    private static final Logger LOG = Logger.getLogger(AttachedFile.class);

    private final FileReference file;
    private final String place;
    private final String type;
    private final long size;
    private final FileTime modified;

    /** @param place of the attachment in the request, for the refusal */
    AttachedFile(FileReference file, String place, String type) throws AttachmentUnreadable {
        this.file = file;
        this.place = place;
        this.type = type;
        BasicFileAttributes attributes = attributes();
        this.size = attributes.size();
        this.modified = attributes.lastModifiedTime();
    }

    @Override
    public InputStream getInputStream() throws AttachmentUnreadable {
        requireUnchanged("changed since the message was composed");
        try {
            return new Whole(file.open());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void requireUnchanged(String otherwise) throws AttachmentUnreadable {
        BasicFileAttributes now = attributes();
        if (now.size() != size || !now.lastModifiedTime().equals(modified)) {
            throw unusable("file", otherwise);
        }
    }

    private BasicFileAttributes attributes() throws AttachmentUnreadable {
        BasicFileAttributes attributes;
        try {
            attributes = file.attributes();
        } catch (IOException e) {
            throw unreadable(e);
        }
        if (!attributes.isRegularFile()) {
            throw unusable("file", "is not a regular file");
        }
        return attributes;
    }

    /** Why is for the log: it may tell where the file is. */
    private AttachmentUnreadable unreadable(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return unusable("file", "no such file");
        }
        LOG.warnf("cannot read the attachment %s below %s: %s", file.file(), file.root(), cause);
        return unusable("file", "cannot be read");
    }

    private AttachmentUnreadable unusable(String field, String rule) {
        return new AttachmentUnreadable(place + "." + field + ": " + rule + " (" + Excerpt.quoted(file.file()) + ")");
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

    /** Refuses to end anywhere but at the size the file had, or as another one than was asked for. */
    private final class Whole extends FilterInputStream {
        private final Optional<MessageDigest> digest = file.sha256().map(asked -> Sha256.begin());
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
                throw unusable("file", "changed while it was read");
            }
            if (read < 0) {
                requireSame();
            } else {
                digest.ifPresent(octets -> octets.update(buffer, offset, read));
            }
            return read;
        }

        /** Before the end is told: the message goes no further then. */
        private void requireSame() throws AttachmentUnreadable {
            requireUnchanged("changed while it was read");
            if (digest.isPresent() && !file.sha256().orElseThrow().is(digest.get())) {
                throw unusable("sha256", "is not that of the file");
            }
        }

        private int readOrExplain(byte[] buffer, int offset, int length) throws AttachmentUnreadable {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
    }
}
