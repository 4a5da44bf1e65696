package dev.postrider.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes a send request of what came in at the door, or says all that is wrong with it. Thread-safe; constructed once,
 * since it compiles the schema.
 */
public final class RequestReader {

    private final RequestLimits limits;
    private final StrictJson json;
    private final RequestSchema schema = new RequestSchema();
    private final AttachmentReader attachments;
    private final WindowReader windows;

    public RequestReader(RequestLimits limits, AttachmentsRoot root) {
        this(limits, root, Clock.systemUTC());
    }

    RequestReader(RequestLimits limits, AttachmentsRoot root, Clock clock) {
        this.limits = limits;
        this.json = new StrictJson(limits.maxRequestBytes());
        this.attachments = new AttachmentReader(limits, root);
        this.windows = new WindowReader(clock);
    }

    /** A request that nothing is wrapped around, whatever it says it is. */
    public SendRequest read(Arrival arrival) throws InvalidRequest {
        Violations violations = new Violations();
        arrival.fault().ifPresent(violations::add);
        limits.check(arrival, violations);
        violations.throwIfAny(arrival.origin());

        Optional<JsonNode> request = json.read(arrival, violations);
        violations.throwIfAny(arrival.origin());

        return read(arrival, request.orElseThrow(), violations);
    }

    /** One that nothing is wrapped around. */
    SendRequest read(Arrival arrival, JsonNode request, Violations violations) throws InvalidRequest {
        violations.of(Identity.of(request, Optional.empty()));
        return check(arrival, request, violations, arrival::defaultId);
    }

    /** The data of an event, whose id is that of a request that names none. */
    SendRequest read(Arrival arrival, JsonNode request, Violations violations, String eventId) throws InvalidRequest {
        violations.of(Identity.of(request, Optional.of(eventId)));
        return check(arrival, request, violations, () -> eventId);
    }

    /** What is wrong with a request that came from nowhere yet, in one line; empty if it can be read. */
    public Optional<String> faultOf(JsonNode request) {
        Violations violations = new Violations();
        examine(request, violations, () -> "");
        return violations.isEmpty() ? Optional.empty() : Optional.of(Excerpt.printable(violations.toString()));
    }

    private SendRequest check(Arrival arrival, JsonNode request, Violations violations, Supplier<String> defaultId)
            throws InvalidRequest {
        Supplier<SendRequest> read = examine(request, violations, defaultId);
        violations.throwIfAny(arrival.origin());
        return read.get();
    }

    /**
     * Reads the fields whose form the schema has found to be right; of the others it has said what is wrong.
     *
     * @param request fields that are null, and too many attachments, are removed from it
     * @return the request, to be asked for if nothing is wrong
     */
    private Supplier<SendRequest> examine(JsonNode request, Violations violations, Supplier<String> defaultId) {
        attachments.refuseTooMany(request, violations);
        Set<String> faulty = schema.check(request, violations);
        JsonNode sound = request instanceof ObjectNode object && !faulty.isEmpty() ? without(faulty, object) : request;
        return readFields(Field.root(sound), violations, defaultId);
    }

    private static JsonNode without(Set<String> faulty, ObjectNode request) {
        ObjectNode sound = request.objectNode();
        if (!faulty.contains(Field.ROOT)) {
            sound.setAll(request);
        }
        sound.remove(faulty);
        if (faulty.contains("html")) {
            // Whether there is html for those that are inline to be shown in, nobody could say now.
            sound.remove("attachments");
        }
        return sound;
    }

    private Supplier<SendRequest> readFields(Field request, Violations violations, Supplier<String> defaultId) {
        Optional<Mailbox> from = MailboxReader.read(request.member("from"), violations);
        Optional<Mailbox> sender = MailboxReader.read(request.member("sender"), violations);
        checkRecipientCount(request, violations);
        List<Mailbox> to = MailboxReader.readAll(request.member("to"), violations);
        List<Mailbox> cc = MailboxReader.readAll(request.member("cc"), violations);
        List<Mailbox> bcc = MailboxReader.readAll(request.member("bcc"), violations);
        List<Mailbox> replyTo = MailboxReader.readAll(request.member("replyTo"), violations);
        Optional<String> returnPath = readReturnPath(request.member("returnPath"), violations);
        Map<String, String> headers = HeaderReader.read(request.member("headers"), violations);
        List<Attachment> attached = attachments.readAll(request, violations);
        Optional<Calendar> calendar = CalendarReader.read(request.member("calendar"), violations);
        Optional<ListUnsubscribe> listUnsubscribe =
                ListUnsubscribeReader.read(request.member("listUnsubscribe"), headers, violations);
        Optional<TemplateCall> template = TemplateReader.read(request, violations);
        String id = request.member("id").text().orElseGet(defaultId);
        Optional<Dsn> dsn = DsnReader.read(request.member("dsn"), returnPath, id, violations);
        Window window = windows.read(request, violations);
        Map<String, String> metadata = readMetadata(request.member("metadata"), violations);
        return () -> new SendRequest(
                id,
                from.orElseThrow(),
                sender,
                to,
                cc,
                bcc,
                replyTo,
                returnPath,
                request.member("subject").text().orElse(""),
                request.member("text").text(),
                request.member("html").text(),
                headers,
                attached,
                calendar,
                listUnsubscribe,
                template,
                dsn,
                window,
                request.member("onUnknown").text(),
                metadata);
    }

    private void checkRecipientCount(Field request, Violations violations) {
        int count = 0;
        for (String field : List.of("to", "cc", "bcc")) {
            count += request.member(field).value().size();
        }
        if (count > limits.maxRecipients()) {
            violations.add("$: at most " + limits.maxRecipients() + " recipients in 'to', 'cc' and 'bcc' together, not "
                    + count);
        }
    }

    /** The null path is no address, and is meant: nothing is to be returned (RFC 5321 §4.5.5). */
    private static Optional<String> readReturnPath(Field field, Violations violations) {
        Optional<String> nullPath = field.text().filter(String::isEmpty);
        return nullPath.isPresent() ? nullPath : MailboxReader.readAddress(field, violations);
    }

    private static Map<String, String> readMetadata(Field field, Violations violations) {
        Map<String, String> metadata = new LinkedHashMap<>();
        field.members()
                .forEach((name, member) -> metadata.put(name, member.text().orElseThrow()));
        int octets = Identity.octets(metadata);
        if (octets > Identity.MOST_METADATA_OCTETS) {
            violations.add(
                    field.path(),
                    "at most " + Identity.MOST_METADATA_OCTETS + " bytes, names and values together in UTF-8, not "
                            + octets);
        }
        return metadata;
    }
}
