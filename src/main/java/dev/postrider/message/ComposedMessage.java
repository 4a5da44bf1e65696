package dev.postrider.message;

import dev.postrider.submission.Arrival;
import dev.postrider.submission.Dsn;
import dev.postrider.submission.Envelope;
import dev.postrider.submission.Expired;
import dev.postrider.submission.SendRequest;
import dev.postrider.submission.Window;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Optional;

/**
 * A finished message, and what the relay step needs to know beside its bytes.
 *
 * <p>Not thread-safe: one thread at a time. May be written more than once, with the same bytes each time. Writing
 * throws {@link AttachmentUnreadable} when the file of an attachment is not what it was at composing.
 */
public final class ComposedMessage extends AddressedMessage {

    private static final byte[] CRLF = {'\r', '\n'};

    private final Optional<Dsn> dsn;
    private final Window window;
    private final Clock clock;
    private boolean finished;
    private boolean eightBit;
    private Optional<ComposedMessage> inAscii = Optional.empty();
    private Optional<String> onlyInUtf8 = Optional.empty();

    ComposedMessage(Session session, SendRequest request, Envelope envelope, Arrival arrival, Clock clock)
            throws MessagingException, Uncomposable {
        super(
                session,
                request.id(),
                MessageId.of(arrival.uniqueId(request.id()), request),
                envelope,
                arrival.receipt());
        this.dsn = request.dsn();
        this.window = request.window();
        this.clock = clock;
        setHeader("Message-ID", messageId());
    }

    /**
     * It may have waited for hours by now, for the line or for a session.
     *
     * @throws Expired when it is too late
     */
    @Override
    public boolean begin() {
        window.requireNotOver(clock.instant());
        return super.begin();
    }

    /** This one's header section is in UTF-8, and it has this other form. */
    void inAscii(ComposedMessage other) {
        inAscii = Optional.of(other);
    }

    /** This one's header section is in UTF-8, and it has no other form because of this field. */
    void onlyInUtf8(String field) {
        onlyInUtf8 = Optional.of(field);
    }

    @Override
    public Optional<Dsn> dsn() {
        return dsn;
    }

    /** An attached message may be, and so may words where the header section is in UTF-8. */
    @Override
    public boolean eightBit() {
        return eightBit;
    }

    @Override
    public ComposedMessage inAscii() {
        return inAscii.orElse(this);
    }

    @Override
    public Optional<String> onlyInUtf8() {
        return onlyInUtf8;
    }

    void finish() throws MessagingException {
        super.saveChanges();
        eightBit = "8bit".equals(getEncoding());
        finished = true;
    }

    /**
     * Changes nothing once the message is finished. Senders call it to be safe (Spring's and Camel's both do), and
     * Jakarta Mail would then renew the Message-ID by which the receiving side recognises a message sent twice.
     */
    @Override
    public void saveChanges() throws MessagingException {
        if (!finished) {
            super.saveChanges();
        }
    }

    /** Keeps the one set at composing. */
    @Override
    protected void updateMessageID() {}

    @Override
    void render(OutputStream out, String[] ignoredFields) throws IOException, MessagingException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Jakarta Mail looks for its encoders through the thread, and fails on a thread whose class loader cannot see
        // them, such as the JVM's own pools have.
        thread.setContextClassLoader(ComposedMessage.class.getClassLoader());
        try {
            super.render(out, ignoredFields);
        } finally {
            thread.setContextClassLoader(before);
        }
        // The base64 encoder leaves the last line open; a message ends with CRLF (RFC 5321 §4.1.1.4).
        if ("base64".equals(getEncoding())) {
            out.write(CRLF);
        }
    }
}
