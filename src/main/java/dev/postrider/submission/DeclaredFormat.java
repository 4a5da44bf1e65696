package dev.postrider.submission;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What an arrival says it is, by the headers of its record or the ending of its file name. */
enum DeclaredFormat {
    /** Nothing else is said. It may still turn out to be an event. */
    JSON,
    /** RFC 5322. */
    RAW_MESSAGE,
    /** CloudEvents, attributes in the record's headers. */
    BINARY_EVENT,
    /** CloudEvents, attributes and data in one JSON object. */
    STRUCTURED_EVENT;

    static final String CONTENT_TYPE = "content-type";

    private static final String EVENTS = "application/cloudevents";

    static DeclaredFormat of(Origin origin, Violations violations) {
        if (origin instanceof Origin.InboxFile file) {
            return file.fileName().toLowerCase(Locale.ROOT).endsWith(".eml") ? RAW_MESSAGE : JSON;
        }
        RecordHeaders headers = RecordHeaders.of(origin);
        Set<String> types = headers.all(CONTENT_TYPE, violations).stream()
                .map(DeclaredFormat::mediaType)
                .collect(Collectors.toSet());
        if (types.size() > 1) {
            violations.add("header " + CONTENT_TYPE, "is there more than once, with different values");
        }
        String type = types.stream().findFirst().orElse("");
        // Kafka protocol binding §3: what is not in structured mode by its content type is in binary mode.
        boolean binary = EventReader.knows(headers) && !type.startsWith(EVENTS);
        return binary ? BINARY_EVENT : ofRecord(type, violations);
    }

    private static DeclaredFormat ofRecord(String type, Violations violations) {
        if (type.startsWith(EVENTS) && !type.equals(EVENTS + "+json")) {
            violations.add(
                    "header " + CONTENT_TYPE,
                    type.startsWith(EVENTS + "-batch")
                            ? "CloudEvents in batches are not accepted: one event a record"
                            : "of CloudEvents only " + EVENTS + "+json is accepted");
        } else if (type.equals("message/global")) {
            violations.add("header " + CONTENT_TYPE, "message/global (RFC 6532) is not supported by this version");
        }
        if (type.startsWith(EVENTS)) {
            return STRUCTURED_EVENT;
        }
        return type.equals("message/rfc822") ? RAW_MESSAGE : JSON;
    }

    /** The type without its parameters, in lower case. */
    static String mediaType(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
