package dev.postrider.message;

import dev.postrider.submission.AddressSyntax;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.Envelope;
import dev.postrider.submission.Excerpt;
import dev.postrider.submission.History;
import dev.postrider.submission.Mailbox;
import dev.postrider.submission.SendRequest;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Makes the message of a send request.
 *
 * <p>Thread-safe. Reads the attributes of referred files, but not their content: that is streamed when the message is
 * written.
 */
public final class MessageComposer {

    /** Not one that means something to somebody else. */
    private static final Pattern OWN_FIELD = Pattern.compile("[Xx]-[A-Za-z0-9-]{1,70}");

    /** So far a clock may go back between two looks at it. */
    private static final Duration CLOCK_PUT_BACK = Duration.ofMinutes(1);

    private final Clock clock;
    private final Optional<String> idField;
    private final Optional<String> returnPath;
    private final Session session;

    /**
     * @param idField name of the header field that carries the request's id, if one is to
     * @param returnPath reverse-path for requests that name none; empty: their sender's, else their author's address
     * @throws IllegalArgumentException when the one is no name for a field of one's own, or the other no address
     */
    public MessageComposer(Clock clock, Optional<String> idField, Optional<String> returnPath) {
        this.clock = clock;
        this.idField = idField;
        this.returnPath = returnPath;
        returnPath.flatMap(AddressSyntax::faultOf).ifPresent(fault -> {
            throw new IllegalArgumentException(
                    "postrider.message.return-path: " + fault + " (" + Excerpt.quoted(returnPath.get()) + ")");
        });
        if (idField.filter(name -> !OWN_FIELD.matcher(name).matches()).isPresent()) {
            throw new IllegalArgumentException("postrider.message.id-header: '" + idField.get()
                    + "' has to begin with X- and to consist of letters, digits and hyphens");
        }
        Properties properties = new Properties();
        // A non-ASCII local part must reach the wire as UTF-8 (RFC 6532 §3.2) or be refused; without this Jakarta Mail
        // may write the low byte of each character, which is another address.
        properties.setProperty("mail.mime.allowutf8", "true");
        this.session = MailRuntime.session(properties);
    }

    /**
     * For those of its recipients who are left; the header section names everyone anyway. Where that takes UTF-8 the message
     * has a second form, for a relay that takes only ASCII: which one it is shows when there is a session.
     *
     * @throws Uncomposable when the request asks for something that cannot stand in a message
     */
    public ComposedMessage compose(@Body SendRequest request, @Variable("arrival") Arrival arrival)
            throws Uncomposable {
        if (request.template().isPresent()) {
            // An operator's own routes, from before there were templates.
            throw new Uncomposable(
                    "template: its words are not filled in: routes/40-compose-message does it, by 'templates'");
        }
        if (request.window().isAheadAt(clock.instant().plus(CLOCK_PUT_BACK))) {
            throw new Uncomposable("sendAt: its time has not come: routes/32-await-send-time waits for it");
        }
        try {
            Envelope envelope = envelope(asked(request), arrival.history());
            if (!InternationalAddresses.areIn(request)) {
                return compose(request, envelope, arrival, Script.ASCII);
            }
            ComposedMessage message = compose(request, envelope, arrival, Script.UTF_8);
            Optional<String> originator = InternationalAddresses.inOriginator(request);
            if (originator.isPresent()) {
                message.onlyInUtf8(originator.get());
            } else {
                message.inAscii(compose(request, envelope, arrival, Script.ASCII));
            }
            return message;
        } catch (MessagingException e) {
            throw new IllegalStateException("Jakarta Mail could not compose " + request.id(), e);
        }
    }

    private ComposedMessage compose(SendRequest request, Envelope envelope, Arrival arrival, Script script)
            throws MessagingException, Uncomposable {
        ComposedMessage message = new ComposedMessage(session, request, envelope, arrival, clock);
        writeHeader(request, message, script);
        BodyPlan.of(request, script).into(message);
        message.finish();
        return message;
    }

    /** Header fields; the envelope is independent of them, so bcc has no part here (RFC 5322 §3.6.3). */
    private void writeHeader(SendRequest request, ComposedMessage message, Script script)
            throws MessagingException, Uncomposable {
        message.setHeader("Date", date(clock));
        addresses("From", List.of(request.from()), message, script);
        // RFC 5322 §3.6.2: Sender should not be there when it is the author.
        List<Mailbox> sender = request.sender().stream()
                .filter(mailbox -> !mailbox.equals(request.from()))
                .toList();
        addresses("Sender", sender, message, script);
        addresses("Reply-To", request.replyTo(), message, script);
        if (request.to().isEmpty() && request.cc().isEmpty()) {
            // RFC 5322 §3.4: an empty group. No destination field at all is allowed too, but relays then add one of
            // their own after we have signed, and filters score its absence.
            message.setHeader("To", "undisclosed-recipients:;");
        }
        addresses("To", request.to(), message, script);
        addresses("Cc", request.cc(), message, script);
        message.setHeader("Subject", UnstructuredField.body("Subject", request.subject()));
        if (idField.isPresent()) {
            message.setHeader(idField.get(), UnstructuredField.body(idField.get(), request.id()));
        }
        if (request.listUnsubscribe().isPresent()) {
            ListUnsubscribeFields.of(request.listUnsubscribe().get(), message);
        }
        for (Map.Entry<String, String> field : request.headers().entrySet()) {
            String name = UnstructuredField.name(field.getKey());
            Optional<String> structured = StructuredField.body(name, field.getValue());
            message.addHeader(name, structured.orElseGet(() -> UnstructuredField.body(name, field.getValue())));
        }
    }

    private static void addresses(String field, List<Mailbox> mailboxes, ComposedMessage message, Script script)
            throws MessagingException, Uncomposable {
        if (!mailboxes.isEmpty()) {
            message.setHeader(field, AddressField.body(field, mailboxes, script));
        }
    }

    /** RFC 5322 §3.3, without a look at the locale: a native image has only the one it was built in. */
    static String date(Clock clock) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        // "GMT" is obsolete syntax (RFC 5322 §4.3) that must not be generated.
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(now).replace("GMT", "+0000");
    }

    /** An address of the operator's goes before those of the request that are for something else. */
    private Envelope asked(SendRequest request) {
        Envelope own = request.envelope();
        return new Envelope(request.returnPath().or(() -> returnPath).orElse(own.reversePath()), own.recipients());
    }

    /** As MAIL and RCPT want it, for those who are left. */
    static Envelope envelope(Envelope asGiven, History history) throws Uncomposable {
        return narrowed(ascii(asGiven), history.recipients());
    }

    private static Envelope narrowed(Envelope whole, List<String> left) throws Uncomposable {
        if (left.isEmpty()) {
            return whole;
        }
        Set<String> wanted = left.stream().map(MessageComposer::sameDomain).collect(Collectors.toSet());
        List<String> recipients = whole.recipients().stream()
                .filter(recipient -> wanted.contains(sameDomain(recipient)))
                .toList();
        if (recipients.stream().map(MessageComposer::sameDomain).distinct().count() < wanted.size()) {
            // Not ours then: what we write names only recipients of the request.
            throw new Uncomposable("its history names somebody who is no recipient of this request");
        }
        return new Envelope(whole.reversePath(), recipients);
    }

    /** RFC 5321 §2.4: domains are the same in any case, local parts need not be. */
    private static String sameDomain(String address) {
        int at = address.lastIndexOf('@');
        return address.substring(0, at + 1) + address.substring(at + 1).toLowerCase(Locale.ROOT);
    }

    private static Envelope ascii(Envelope asGiven) throws Uncomposable {
        Map<String, String> recipients = new LinkedHashMap<>();
        for (String recipient : asGiven.recipients()) {
            String ascii = AsciiDomain.inAddress(recipient);
            recipients.putIfAbsent(sameDomain(ascii), ascii);
        }
        return new Envelope(AsciiDomain.inAddress(asGiven.reversePath()), List.copyOf(recipients.values()));
    }
}
