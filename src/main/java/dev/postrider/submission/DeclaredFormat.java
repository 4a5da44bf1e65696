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
        }
        if (type.startsWith(EVENTS)) {
            return STRUCTURED_EVENT;
        }
        return isRawMessage(type) ? RAW_MESSAGE : JSON;
    }

    /** Two names for the same here: the header section shows whether it is in UTF-8 (RFC 6532 §3.7). */
    static boolean isRawMessage(String mediaType) {
        return mediaType.equals("message/rfc822") || mediaType.equals("message/global");
    }

    /** The type without its parameters, in lower case. */
    static String mediaType(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
