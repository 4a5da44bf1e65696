package dev.postrider.submission;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What an arrival says it is, by the content type of its record or the ending of its file name. */
final class DeclaredFormat {

    private DeclaredFormat() {}

    /** Refuses by name what is not read yet: as JSON it would only be called malformed. */
    static void check(Origin origin, Violations violations) {
        if (origin instanceof Origin.TopicRecord record) {
            record.headers().stream()
                    .filter(header -> header.name().equalsIgnoreCase("content-type") && header.value() != null)
                    .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                    .forEach(contentType -> checkContentType(contentType, violations));
        } else if (origin instanceof Origin.InboxFile file
                && file.fileName().toLowerCase(Locale.ROOT).endsWith(".eml")) {
            refuseRawMessage(violations);
        }
    }

    private static void checkContentType(String contentType, Violations violations) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.equals("message/rfc822")) {
            refuseRawMessage(violations);
        } else if (type.startsWith("application/cloudevents")) {
            violations.add("CloudEvents in structured mode are not supported by this version");
        }
    }

    private static void refuseRawMessage(Violations violations) {
        violations.add("raw messages are not supported by this version");
    }
}
