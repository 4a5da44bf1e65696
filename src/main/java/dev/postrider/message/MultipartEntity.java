package dev.postrider.message;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Several entities in one (RFC 2046 §5.1). */
record MultipartEntity(String subtype, List<Entity> parts) implements Entity {

    /** A single part stands for itself: a multipart around it would only confuse. */
    static Entity of(String subtype, List<Entity> parts) {
        return parts.size() == 1 ? parts.get(0) : new MultipartEntity(subtype, parts);
    }

    @Override
    public void into(MimePart part) throws MessagingException {
        MimeMultipart multipart = subtype.equals("related") ? new RelatedToHtml() : new MimeMultipart(subtype);
        boolean eightBit = false;
        for (Entity entity : parts) {
            MimeBodyPart child = new MimeBodyPart();
            entity.into(child);
            multipart.addBodyPart(child);
            eightBit |= "8bit".equals(child.getEncoding());
        }
        multipart.setParent(part);
        part.setDataHandler(new Handler(multipart));
        if (eightBit) {
            part.setHeader("Content-Transfer-Encoding", "8bit"); // RFC 2045 §6.4: what is around it says so, too.
        }
    }

    /** RFC 2387 §3.1: the type parameter is required and names the type of the root, here always the html. */
    private static final class RelatedToHtml extends MimeMultipart {
        RelatedToHtml() throws MessagingException {
            super("related");
            ContentType type = new ContentType(contentType);
            type.setParameter("type", "text/html");
            contentType = type.toString();
        }
    }

    /**
     * Lets the multipart write itself. The handler of Activation would first look for a writer in a mail cap, under a
     * lock of the whole JVM and with the context class loader of the thread.
     */
    private static final class Handler extends DataHandler {
        private final MimeMultipart multipart;

        Handler(MimeMultipart multipart) {
            super(multipart, multipart.getContentType());
            this.multipart = multipart;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try {
                multipart.writeTo(out);
            } catch (MessagingException e) {
                throw new IOException(e);
            }
        }
    }
}
