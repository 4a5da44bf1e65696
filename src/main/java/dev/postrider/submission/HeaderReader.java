package dev.postrider.submission;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the extra header fields, and keeps away from them those that are not the requester's to set. */
final class HeaderReader {

    private static final String TRACE = "only those who carry the message write it (RFC 5321 §4.4)";
    private static final String SIGNATURE = "only those who sign or verify the message write it";
    private static final String RESENT = "only who sends a message on again writes it (RFC 5322 §3.6.6)";
    private static final String STRUCTURE = "follows from 'text', 'html' and 'attachments'";

    private static final Map<String, String> RESERVED = Map.ofEntries(
            Map.entry("from", "use the request's field 'from'"),
            Map.entry("sender", "use the request's field 'sender'"),
            Map.entry("to", "use the request's field 'to'"),
            Map.entry("cc", "use the request's field 'cc'"),
            Map.entry("bcc", "use the request's field 'bcc'"),
            Map.entry("reply-to", "use the request's field 'replyTo'"),
            Map.entry("return-path", "use the request's field 'returnPath'"),
            Map.entry("subject", "use the request's field 'subject'"),
            Map.entry("message-id", "is made from the request's 'id'"),
            Map.entry("date", "is the time at which the message is made"),
            Map.entry("mime-version", STRUCTURE),
            Map.entry("received", TRACE),
            Map.entry("delivered-to", TRACE),
            Map.entry("envelope-to", TRACE),
            Map.entry("x-original-to", TRACE),
            Map.entry("apparently-to", TRACE),
            Map.entry("received-spf", SIGNATURE),
            Map.entry("authentication-results", SIGNATURE),
            Map.entry("dkim-signature", SIGNATURE),
            Map.entry("domainkey-signature", SIGNATURE));

    /** Whole families of fields. */
    private static final Map<String, String> RESERVED_PREFIXES =
            Map.of("content-", STRUCTURE, "resent-", RESENT, "arc-", SIGNATURE);

    private HeaderReader() {}

    static Map<String, String> read(Field headers, Violations violations) {
        Map<String, String> fields = new LinkedHashMap<>();
        Map<String, String> seen = new HashMap<>();
        headers.members().forEach((name, field) -> {
            String key = name.toLowerCase(Locale.ROOT);
            String value = field.text().orElse("");
            reservation(key).ifPresent(reason -> violations.add(field.path(), "is reserved: " + reason));
            String earlier = seen.putIfAbsent(key, name);
            if (earlier != null) {
                violations.add(field.path(), "is there already as '" + earlier + "'");
            }
            if (value.isBlank()) {
                // A line of nothing but white space is obsolete, and some read it as the end of the header section.
                violations.add(field.path(), "must not be blank");
            }
            fields.put(name, value);
        });
        return fields;
    }

    private static Optional<String> reservation(String name) {
        return Optional.ofNullable(RESERVED.get(name))
                .or(() -> RESERVED_PREFIXES.entrySet().stream()
                        .filter(family -> name.startsWith(family.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }
}
