package dev.postrider.submission;

import java.util.List;

/** Which header fields a raw message must have, may not have twice, and does not keep. */
final class FieldRules {

    /** RFC 5322 §3.6, and RFC 2045 §3: of two, each reader would go by another. */
    private static final List<String> AT_MOST_ONCE = List.of(
            "From",
            "Sender",
            "Reply-To",
            "To",
            "Cc",
            "Date",
            "Subject",
            "Message-ID",
            "In-Reply-To",
            "References",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding");

    /**
     * Who has a copy unseen stays so (RFC 5322 §3.6.3, §3.6.6); the return path is the last relay's to write (RFC 5321
     * §4.4).
     */
    private static final List<String> NOT_RELAYED = List.of("Bcc", "Resent-Bcc", "Return-Path");

    private FieldRules() {}

    static void check(HeaderSection header, Violations violations) {
        for (String name : AT_MOST_ONCE) {
            List<HeaderField> fields = header.named(name);
            if (fields.size() > 1) {
                violations.add(
                        fields.get(1).place(),
                        "is there already in line " + fields.get(0).line() + " (RFC 5322 §3.6)");
            }
        }
        if (!header.has("From")) {
            violations.add("From: is required (RFC 5322 §3.6)");
        }
        for (String name : List.of("Date", "Message-ID")) {
            // Were it not there we would write it; but this is somebody's mistake, and two of them are worse.
            header.named(name).stream()
                    .filter(field -> field.value().isEmpty())
                    .forEach(field -> violations.add(field.place(), "must not be empty"));
        }
    }

    /** What goes out of it. */
    static List<HeaderField> relayed(HeaderSection header) {
        return header.fields().stream()
                .filter(field -> NOT_RELAYED.stream().noneMatch(field::isNamed))
                .toList();
    }
}
