package dev.postrider.submission;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The envelope of a raw message: the record's headers {@code mail-from} and {@code rcpt-to} say it, and the message's own
 * fields where those do not.
 */
final class RawEnvelope {

    private static final String MAIL_FROM = "mail-from";
    private static final String RCPT_TO = "rcpt-to";
    private static final String RESENT = "Resent-";

    private final HeaderSection header;
    private final RecordHeaders headers;
    private final Violations violations;
    private final String prefix;

    /** For one message. */
    RawEnvelope(HeaderSection header, RecordHeaders headers, Violations violations) {
        this.header = header;
        this.headers = headers;
        this.violations = violations;
        // RFC 5322 §3.6.6: who sends a message on says so in fields of its own, and means their recipients, not those
        // the
        // message had before.
        this.prefix = header.fields().stream()
                        .anyMatch(field -> field.name().regionMatches(true, 0, RESENT, 0, RESENT.length()))
                ? RESENT
                : "";
    }

    /**
     * Empty if it is a violation.
     *
     * @param author whom the message is from
     */
    Optional<Envelope> read(Optional<String> author, int maxRecipients) {
        Optional<String> reversePath = headers.has(MAIL_FROM) ? givenReversePath() : reversePathOf(author);
        List<String> all = headers.has(RCPT_TO) ? givenRecipients() : namedRecipients();
        List<String> recipients = List.copyOf(new LinkedHashSet<>(all));
        if (recipients.isEmpty()) {
            violations.add(headers.has(RCPT_TO) ? "header " + RCPT_TO : prefix + "To", "no recipient");
        } else if (recipients.size() > maxRecipients) {
            violations.add("at most " + maxRecipients + " recipients, not " + recipients.size());
        }
        return recipients.isEmpty() ? Optional.empty() : reversePath.map(path -> new Envelope(path, recipients));
    }

    private Optional<String> givenReversePath() {
        List<String> given = headers.all(MAIL_FROM, violations);
        if (given.size() != 1) {
            violations.add("header " + MAIL_FROM, "has to be there once");
            return Optional.empty();
        }
        String path = given.get(0).strip();
        if (path.isEmpty() || path.equals("<>")) {
            return Optional.of(""); // RFC 5321 §4.5.5: the null path is meant.
        }
        Optional<String> fault = AddressSyntax.faultOf(path);
        fault.ifPresent(rule -> violations.add("header " + MAIL_FROM, rule + " (" + Excerpt.quoted(path) + ")"));
        return fault.isEmpty() ? Optional.of(path) : Optional.empty();
    }

    private Optional<String> reversePathOf(Optional<String> author) {
        if (prefix.isEmpty()) {
            return author;
        }
        if (!header.has("Resent-From")) {
            violations.add("Resent-From", "is required where there are other Resent- fields (RFC 5322 §3.6.6)");
        }
        refuseTwice("Resent-From");
        refuseTwice("Resent-Sender");
        return Originator.of(header, prefix, violations);
    }

    private List<String> givenRecipients() {
        List<String> addresses = new ArrayList<>();
        headers.all(RCPT_TO, violations)
                .forEach(list -> addresses.addAll(AddressList.read("header " + RCPT_TO, list, violations)));
        return addresses;
    }

    private List<String> namedRecipients() {
        List<String> addresses = new ArrayList<>();
        for (String name : List.of("To", "Cc", "Bcc")) {
            if (!prefix.isEmpty()) {
                refuseTwice(prefix + name);
            }
            header.named(prefix + name)
                    .forEach(field -> addresses.addAll(AddressList.read(field.place(), field.value(), violations)));
        }
        return addresses;
    }

    /** Sent on more than once: which of the fields belong together, nobody can tell. */
    private void refuseTwice(String name) {
        List<HeaderField> fields = header.named(name);
        if (fields.size() > 1) {
            violations.add(
                    fields.get(1).place(),
                    "is there already in line " + fields.get(0).line() + "; say whom it is for in the record headers "
                            + MAIL_FROM + " and " + RCPT_TO);
        }
    }
}
