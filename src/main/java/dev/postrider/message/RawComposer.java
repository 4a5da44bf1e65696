package dev.postrider.message;

import dev.postrider.submission.Arrival;
import dev.postrider.submission.Envelope;
import dev.postrider.submission.RawSubmission;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Clock;
import java.util.Properties;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Makes a raw message ready for the relay: gives it what RFC 6409 lets a submission service give, and nothing else. No
 * Received field: it would tell of a hop by SMTP (RFC 5321 §4.4), and there was none. Thread-safe.
 */
public final class RawComposer {

    private final Clock clock;
    private final Session session;

    public RawComposer(Clock clock) {
        this.clock = clock;
        this.session = MailRuntime.session(new Properties());
    }

    /**
     * For those of its recipients who are left.
     *
     * @throws Uncomposable when the envelope cannot be written as SMTP wants it
     */
    public RawMessage compose(@Body RawSubmission raw, @Variable("arrival") Arrival arrival) throws Uncomposable {
        Envelope envelope = MessageComposer.envelope(raw.envelope(), arrival.history());
        String messageId = raw.messageId().isPresent()
                ? raw.messageId().get()
                : MessageId.of(
                        arrival.uniqueId(raw.id()),
                        raw.author().substring(raw.author().lastIndexOf('@') + 1));
        StringBuilder added = new StringBuilder();
        if (raw.date().isEmpty()) {
            add("Date", MessageComposer.date(clock), added); // RFC 6409 §8.2
        }
        if (raw.messageId().isEmpty()) {
            add("Message-ID", messageId, added); // RFC 6409 §8.3
        }
        try {
            return new RawMessage(session, raw, messageId, added.toString(), envelope, arrival.receipt());
        } catch (MessagingException e) {
            throw new IllegalStateException("Jakarta Mail could not take " + raw.id(), e);
        }
    }

    private static void add(String name, String body, StringBuilder fields) {
        fields.append(name).append(": ").append(body).append("\r\n");
    }
}
