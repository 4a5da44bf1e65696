package dev.postrider.submission;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

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

    /** A regular file that stood below the attachments root when the request was read. */
    public record FileReference(Path path) implements Content {

        /** Opens it as it was found: should a symbolic link stand there by now, it is not followed but refused. */
        public InputStream open() throws IOException {
            return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
