package dev.postrider.message;

import dev.postrider.submission.Attachment;
import dev.postrider.submission.Attachment.Bytes;
import dev.postrider.submission.Attachment.FileReference;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimePart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * An attachment, or a picture the html shows. In base64, for only that gives back every octet as it was; but a message must
 * not be encoded.
 */
record AttachedEntity(Attachment attachment, DataSource source, String encoding) implements Entity {

    // RFC 2392 §2 wants local@domain, but what matters is that it equals the cid: of the html, and everybody writes
    // <logo>. White space, brackets and non-ASCII would end or break the field.
    private static final Pattern CONTENT_ID = Pattern.compile("[!-;=?-~]{1,250}");

    /** @param path of the attachment in the request, for the refusal */
    static Entity of(Attachment attachment, String path) throws Uncomposable {
        if (!attachment.contentId().map(CONTENT_ID.asMatchPredicate()::test).orElse(true)) {
            throw new Uncomposable(path + ".contentId: 1 to 250 printable ASCII characters other than space, < and >");
        }
        String type = MediaType.of(attachment, path);
        DataSource source = source(attachment, type, path);
        return new AttachedEntity(attachment, source, MediaType.isMessage(type) ? unencoded(source, path) : "base64");
    }

    private static String unencoded(DataSource source, String path) throws Uncomposable {
        try (InputStream octets = source.getInputStream()) {
            return EmbeddedMessage.encodingOf(octets, path);
        } catch (AttachmentUnreadable e) {
            throw new Uncomposable(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static DataSource source(Attachment attachment, String type, String path) throws Uncomposable {
        if (attachment.content() instanceof FileReference file) {
            try {
                return new AttachedFile(file, path, type);
            } catch (AttachmentUnreadable e) {
                throw new Uncomposable(e.getMessage(), e);
            }
        }
        return new ByteArrayDataSource(((Bytes) attachment.content()).bytes(), type);
    }

    @Override
    public void into(MimePart part) throws MessagingException {
        FileName name = new FileName(attachment.filename());
        part.setDataHandler(new DataHandler(source));
        part.setHeader("Content-Type", source.getContentType() + name.asNameParameter());
        part.setHeader("Content-Transfer-Encoding", encoding);
        if (attachment.contentId().isPresent()) {
            part.setHeader("Content-ID", "<" + attachment.contentId().get() + ">");
        }
        String disposition = attachment.inline() ? "inline" : "attachment";
        part.setHeader("Content-Disposition", disposition + name.asFilenameParameter());
    }
}
