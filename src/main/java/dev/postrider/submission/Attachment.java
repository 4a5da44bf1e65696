package dev.postrider.submission;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A file that travels with the message.
 *
 * @param filename as the recipient sees it, without a path
 * @param contentType media type; empty: taken from the file name
 * @param content the bytes, by value or by reference
 * @param inline shown within the html instead of beside it
 * @param contentId what the html calls it by ({@code cid:}), without angle brackets
 */
public record Attachment(
        String filename, Optional<String> contentType, Content content, boolean inline, Optional<String> contentId) {

    public Attachment {
        Objects.requireNonNull(content, "content");
        Lines.requireSingle("filename", filename);
        contentType.ifPresent(type -> Lines.requireSingle("contentType", type));
        contentId.ifPresent(id -> Lines.requireSingle("contentId", id));
    }

    /** The bytes of an attachment, or where to read them. */
    public sealed interface Content permits Bytes, FileReference {}

    /** Sent along in the request itself. */
    public record Bytes(byte[] bytes) implements Content {}

    /**
     * A regular file that stood below the attachments root when the request was read. Neither way of looking at it follows a
     * symbolic link, should there be one by now.
     *
     * @param root the attachments root
     * @param file the path below it, as the request has it
     * @param sha256 what its octets have to hash to, if the request says it
     */
    public record FileReference(Path root, String file, Optional<Sha256> sha256) implements Content {

        /** As it is now. */
        public BasicFileAttributes attributes() throws IOException {
            return Descent.to(
                    root,
                    Path.of(file),
                    (name, folder) -> folder.getFileAttributeView(
                                    name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                            .readAttributes());
        }

        public InputStream open() throws IOException {
            return Descent.to(
                    root,
                    Path.of(file),
                    (name, folder) -> Channels.newInputStream(
                            folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))));
        }
    }
}
