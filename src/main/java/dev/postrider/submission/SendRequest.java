package dev.postrider.submission;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A valid send request: what a user put on the topic or into the folder, every field checked.
 *
 * @param id idempotency key, 1 to 200 printable characters
 * @param returnPath reverse-path the user asked for; empty: the default; {@code ""}: the null path
 * @param template makes text and html, and the subject if it is empty
 * @param headers extra header fields in the order given
 * @param window when it may be sent
 * @param onUnknown {@code retry} or {@code park}, when nobody knows whether the relay has it; empty: as configured
 * @param metadata handed back in outcomes, never in the message
 */
public record SendRequest(
        String id,
        Mailbox from,
        Optional<Mailbox> sender,
        List<Mailbox> to,
        List<Mailbox> cc,
        List<Mailbox> bcc,
        List<Mailbox> replyTo,
        Optional<String> returnPath,
        String subject,
        Optional<String> text,
        Optional<String> html,
        Map<String, String> headers,
        List<Attachment> attachments,
        Optional<Calendar> calendar,
        Optional<ListUnsubscribe> listUnsubscribe,
        Optional<TemplateCall> template,
        Optional<Dsn> dsn,
        Window window,
        Optional<String> onUnknown,
        Map<String, String> metadata)
        implements Submission {

    public SendRequest {
        Lines.requireSingle("id", id);
        Lines.requireSingle("subject", subject);
        headers.forEach((name, value) -> Lines.requireSingle("headers." + name, name + value));
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        replyTo = List.copyOf(replyTo);
        // Map.copyOf would lose the order.
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        attachments = List.copyOf(attachments);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** The same, with the words that its template has made; the template is done with. */
    public SendRequest filled(String newSubject, Optional<String> newText, Optional<String> newHtml) {
        return new SendRequest(
                id,
                from,
                sender,
                to,
                cc,
                bcc,
                replyTo,
                returnPath,
                newSubject,
                newText,
                newHtml,
                headers,
                attachments,
                calendar,
                listUnsubscribe,
                Optional.empty(),
                dsn,
                window,
                onUnknown,
                metadata);
    }

    /** Reverse-path as asked for, else the sender's, else the author's (RFC 5321 §4.1.1.2); every recipient once. */
    @Override
    public Envelope envelope() {
        Set<String> recipients = new LinkedHashSet<>();
        Stream.of(to, cc, bcc).flatMap(List::stream).map(Mailbox::address).forEach(recipients::add);
        return new Envelope(returnPath.orElse(sender.orElse(from).address()), List.copyOf(recipients));
    }
}
