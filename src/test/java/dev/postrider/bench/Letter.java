package dev.postrider.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.postrider.submission.Attachment;
import dev.postrider.submission.Mailbox;
import dev.postrider.submission.SendRequest;
import dev.postrider.submission.Window;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What is sent: each peer makes its message of these fields, anew each time. Plain ASCII, so that none has to encode more. */
enum Letter {
    SMALL("2 KB", false),
    LARGE("100 KB", true);

    static final String FROM = "orders@shop.example";
    static final String TO = "ada@customer.example";
    static final String SUBJECT = "Your order is on its way";
    static final String FILE_NAME = "invoice.pdf";
    static final String FILE_TYPE = "application/pdf";

    private static final String SENTENCE = "Your parcel has left our house today and should be with you soon. ";

    private final String words;
    private final boolean attached;

    Letter(String words, boolean attached) {
        this.words = words;
        this.attached = attached;
    }

    private static final class Invoice {

        static final byte[] CONTENT = new byte[72_000];

        static {
            new Random(CONTENT.length).nextBytes(CONTENT);
        }
    }

    String text() {
        return SENTENCE.repeat(9).strip() + "\r\n";
    }

    String html() {
        return "<html><body><p>" + SENTENCE.repeat(9).strip() + "</p></body></html>\r\n";
    }

    boolean hasAttachment() {
        return attached;
    }

    /** Not to be changed. */
    byte[] attachment() {
        return Invoice.CONTENT;
    }

    /** As our own engine's caller has it. */
    SendRequest request(String id) {
        List<Attachment> attachments = hasAttachment()
                ? List.of(new Attachment(
                        FILE_NAME,
                        Optional.of(FILE_TYPE),
                        new Attachment.Bytes(Invoice.CONTENT),
                        false,
                        Optional.empty()))
                : List.of();
        return new SendRequest(
                id,
                new Mailbox("Shop", FROM),
                Optional.empty(),
                List.of(new Mailbox("Ada", TO)),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                SUBJECT,
                Optional.of(text()),
                Optional.of(html()),
                Map.of(),
                attachments,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Window.ALWAYS,
                Optional.empty(),
                Map.of());
    }

    /** As it stands on a topic or in a folder. */
    byte[] json(String id) {
        String attachments = hasAttachment()
                ? """
                , "attachments": [{"filename": "%s", "contentType": "%s", "content": "%s"}]""".formatted(FILE_NAME, FILE_TYPE, Base64.getEncoder().encodeToString(Invoice.CONTENT))
                : "";
        return """
                {"id": "%s", "from": "Shop <%s>", "to": ["Ada <%s>"], "subject": "%s",
                 "text": "%s", "html": "%s"%s}""".formatted(id, FROM, TO, SUBJECT, escaped(text()), escaped(html()), attachments)
                .getBytes(US_ASCII);
    }

    private static String escaped(String text) {
        return text.replace("\r\n", "\\r\\n");
    }

    @Override
    public String toString() {
        return words;
    }
}
