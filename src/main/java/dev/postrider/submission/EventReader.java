package dev.postrider.submission;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a submission out of the event that carries it: CloudEvents 1.0.2 in the Kafka protocol binding, binary or
 * structured, and in the JSON event format. A few lines on the JSON tree we have anyway: the SDK for Java finds its
 * formats by ServiceLoader and reads the data into a tree of its own. Attributes that mean nothing to us are not looked
 * at. Thread-safe.
 */
final class EventReader {

    private static final String HEADER = "ce_";
    private static final String VERSION = "1.0";

    /** CloudEvents §3.1.1. */
    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");

    private final StrictJson json;

    EventReader(StrictJson json) {
        this.json = json;
    }

    /** Whether these are the headers of an event, complete or not. */
    static boolean knows(RecordHeaders headers) {
        return REQUIRED.stream().anyMatch(name -> headers.has(HEADER + name));
    }

    /** Whether this can be nothing else: a send request has no such field. */
    static boolean knows(JsonNode value) {
        return value.has("specversion");
    }

    /** Empty if it is a violation. */
    Optional<CloudEvent> binary(Arrival arrival, Violations violations) {
        RecordHeaders headers = RecordHeaders.of(arrival.origin());
        Map<String, String> attributes = new HashMap<>();
        for (String name : REQUIRED) {
            List<String> values = headers.all(HEADER + name, violations);
            check("header " + HEADER + name, name, values.stream().findFirst(), violations);
            values.stream().findFirst().ifPresent(value -> attributes.put(name, value));
            if (values.size() > 1) {
                violations.add("header " + HEADER + name, "is there " + values.size() + " times");
            }
        }
        String place = "header " + DeclaredFormat.CONTENT_TYPE;
        Optional<String> type =
                headers.all(DeclaredFormat.CONTENT_TYPE, violations).stream().findFirst();
        if (arrival.content() == null || arrival.content().length == 0) {
            violations.add("data: the event has none");
            return Optional.empty();
        }
        return data(type, place, arrival.content(), violations)
                .flatMap(data -> Optional.ofNullable(attributes.get("id")).map(id -> new CloudEvent(id, data)));
    }

    /** Empty if it is a violation. */
    Optional<CloudEvent> structured(JsonNode value, Violations violations) {
        Field event = Field.root(value);
        if (!value.isObject()) {
            violations.add(Field.ROOT, "an event must be a JSON object");
            return Optional.empty();
        }
        for (String name : REQUIRED) {
            Field field = event.member(name);
            check(field.path(), name, field.text(), violations);
        }
        Field type = event.member("datacontenttype");
        if (type.isPresent() && type.text().isEmpty()) {
            violations.add(type.path(), "must be a string");
        }
        return data(event, type, violations)
                .flatMap(data -> event.member("id").text().map(id -> new CloudEvent(id, data)));
    }

    private static void check(String place, String name, Optional<String> value, Violations violations) {
        if (value.isEmpty()) {
            violations.add(place, "is required, and a string (CloudEvents 1.0)");
        } else if (value.get().isEmpty()) {
            violations.add(place, "must not be empty (CloudEvents 1.0)");
        } else if (name.equals("specversion") && !value.get().equals(VERSION)) {
            violations.add(place, "must be " + VERSION + ", not " + Excerpt.quoted(value.get()));
        }
    }

    /** JSON event format §3.1.1: a value in {@code data}, or octets in {@code data_base64}. */
    private Optional<CloudEvent.Data> data(Field event, Field type, Violations violations) {
        Field data = event.member("data");
        Field octets = event.member("data_base64");
        boolean none = !data.isPresent() || data.value().isNull();
        if (none != octets.isPresent()) {
            violations.add(data.path(), none ? "is required, or data_base64" : "is there beside data_base64");
            return Optional.empty();
        }
        if (octets.isPresent()) {
            if (octets.text().isEmpty()) {
                violations.add(octets.path(), "must be a string");
                return Optional.empty();
            }
            return Base64Text.decode(octets, violations)
                    .flatMap(bytes -> data(type.text(), type.path(), bytes, violations));
        }
        if (isMessage(type.text(), type.path(), violations)) {
            if (data.text().isEmpty()) {
                violations.add(data.path(), "must be a string that holds the message, or data_base64 must");
            }
            return data.text().map(text -> new CloudEvent.Message(text.getBytes(StandardCharsets.UTF_8)));
        }
        return Optional.of(new CloudEvent.Request(data.value()));
    }

    private Optional<CloudEvent.Data> data(Optional<String> type, String place, byte[] octets, Violations violations) {
        if (isMessage(type, place, violations)) {
            return Optional.of(new CloudEvent.Message(octets));
        }
        Optional<JsonNode> request = json.read(octets, violations);
        return request.map(CloudEvent.Request::new);
    }

    private static boolean isMessage(Optional<String> contentType, String place, Violations violations) {
        // JSON event format §3.1: JSON where nothing is said.
        String type = contentType.map(DeclaredFormat::mediaType).orElse("application/json");
        boolean message = DeclaredFormat.isRawMessage(type);
        if (!message && !type.equals("application/json") && !type.equals("text/json") && !type.endsWith("+json")) {
            violations.add(
                    place,
                    "the data of an event (datacontenttype) must be application/json or message/rfc822, not "
                            + Excerpt.quoted(type));
        }
        return message;
    }
}
