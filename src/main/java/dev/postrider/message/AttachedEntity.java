package dev.postrider.message;

import dev.postrider.submission.Attachment;
import dev.postrider.submission.Attachment.Bytes;
import dev.postrider.submission.Attachment.FileReference;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimePart;
import jakarta.mail.util.ByteArrayDataSource;
import java.util.regex.Pattern;

/** An attachment, or a picture the html shows. Always base64: only that gives back every octet as it was. */
record AttachedEntity(Attachment attachment, DataSource source) implements Entity {

    // RFC 2392 §2 wants local@domain, but what matters is that it equals the cid: of the html, and everybody writes
    // <logo>. White space, brackets and non-ASCII would end or break the field.
    private static final Pattern CONTENT_ID = Pattern.compile("[!-;=?-~]{1,250}");

    /** @param path of the attachment in the request, for the refusal */
    static Entity of(Attachment attachment, String path) throws Uncomposable {
        if (!attachment.contentId().map(CONTENT_ID.asMatchPredicate()::test).orElse(true)) {
            throw new Uncomposable(path + ".contentId: 1 to 250 printable ASCII characters other than space, < and >");
        }
        return new AttachedEntity(attachment, source(attachment, MediaType.of(attachment, path), path));
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
        part.setHeader("Content-Transfer-Encoding", "base64");
        if (attachment.contentId().isPresent()) {
            part.setHeader("Content-ID", "<" + attachment.contentId().get() + ">");
        }
        String disposition = attachment.inline() ? "inline" : "attachment";
        part.setHeader("Content-Disposition", disposition + name.asFilenameParameter());
    }
}
