package dev.postrider.message;

import dev.postrider.submission.Envelope;
import dev.postrider.submission.RawSubmission;
import dev.postrider.submission.Receipt;
import dev.postrider.submission.Slice;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A message that somebody else has composed, with the header section that goes out. The body is the one that came in, and
 * is written from there: of a large message there is no second copy.
 *
 * <p>Thread-safe once made. May be written more than once, with the same octets each time.
 */
public final class RawMessage extends AddressedMessage {

    private static final byte[] CRLF = {'\r', '\n'};

    private final byte[] header;
    private final Slice body;
    private final boolean eightBit;
    private final Optional<String> onlyInUtf8;

    /** @param added header fields it did not have, each with its CRLF */
    RawMessage(Session session, RawSubmission raw, String messageId, String added, Envelope envelope, Receipt receipt)
            throws MessagingException {
        super(session, raw.id(), messageId, envelope, receipt);
        this.header = header(raw, added);
        this.body = raw.body();
        this.eightBit = raw.eightBit();
        this.onlyInUtf8 = raw.utf8Field();
        // For those who ask the message for its fields, as Camel does for its Message-ID.
        this.headers = new InternetHeaders(new ByteArrayInputStream(header), true);
    }

    /**
     * What is added comes last: a trace field or a set of Resent- fields has to stay on top (RFC 5322 §3.6.6, §3.6.7).
     */
    private static byte[] header(RawSubmission raw, String added) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (Slice field : raw.fields()) {
                field.writeTo(out);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        out.writeBytes(added.getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    @Override
    public boolean eightBit() {
        return eightBit;
    }

    @Override
    public Optional<String> onlyInUtf8() {
        return onlyInUtf8;
    }

    /** Changes nothing: it is what it is. */
    @Override
    public void saveChanges() {}

    /** @param ignored not looked at: which fields do not go out was decided when it was read */
    @Override
    void render(OutputStream out, String[] ignored) throws IOException {
        out.write(header);
        out.write(CRLF);
        body.writeTo(out);
    }
}
