package dev.postrider.demo;

import dev.postrider.fixture.ReceivedMessage;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** What the relay was given, as a person sees it. */
final class Arrived {

    private Arrived() {}

    static Event event(ReceivedMessage received) {
        String way = (received.tls() ? "over TLS" : "NOT over TLS")
                + received.user().map(user -> ", user " + user).orElse(", NOT authenticated");
        try {
            MimeMessage message = message(received);
            return Event.of(
                    Event.Kind.RELAYED,
                    "to " + Few.inLine(received.recipients()),
                    subject(message) + " (" + Few.inLine(parts(message)) + "), " + way);
        } catch (MessagingException | IOException e) {
            return Event.of(Event.Kind.RELAYED, "to " + Few.inLine(received.recipients()), "unreadable: " + e, way);
        }
    }

    /** The first message of those that came to the same recipient more than once, by its Message-ID. */
    static Optional<String> sentTwice(List<ReceivedMessage> all) {
        Set<String> seen = new HashSet<>();
        return all.stream()
                .flatMap(received -> received.recipients().stream().map(to -> messageId(received) + " to " + to))
                .filter(sent -> !seen.add(sent))
                .findFirst();
    }

    private static String messageId(ReceivedMessage received) {
        try {
            return message(received).getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException("no message: " + received.text(), e);
        }
    }

    private static MimeMessage message(ReceivedMessage received) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(received.bytes()));
    }

    private static String subject(MimeMessage message) throws MessagingException {
        String subject = message.getSubject();
        return subject == null || subject.isEmpty() ? "no subject" : '"' + subject + '"';
    }

    /** The leaves: {@code text, html, items.csv}. */
    private static List<String> parts(Part part) throws MessagingException, IOException {
        List<String> leaves = new ArrayList<>();
        if (part.getContent() instanceof Multipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) {
                leaves.addAll(parts(multipart.getBodyPart(i)));
            }
        } else if (part.getFileName() != null) {
            leaves.add(part.getFileName());
        } else {
            leaves.add(part.isMimeType("text/html") ? "html" : part.isMimeType("text/plain") ? "text" : "other");
        }
        return leaves;
    }
}
