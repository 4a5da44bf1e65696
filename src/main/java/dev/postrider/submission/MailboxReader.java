package dev.postrider.submission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads mailboxes in the three ways the contract has: {@code local@domain}, {@code Name <local@domain>}, and an object
 * of name and address.
 */
final class MailboxReader {

    /**
     * RFC 5322 §3.2.3 "specials", which stand in quotes; but the dot of {@code John Q. Public} has always been let in.
     */
    private static final Pattern PLAIN = Pattern.compile("(?<name>[^()<>\\[\\]:;@\\\\,\"]*)<(?<address>.*)>");

    private static final Pattern QUOTED =
            Pattern.compile("\"(?<name>[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"[ \\t]*<(?<address>.*)>");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private MailboxReader() {}

    /** Those that can be read; the others are violations. */
    static List<Mailbox> readAll(Field field, Violations violations) {
        List<Mailbox> mailboxes = new ArrayList<>();
        field.items().forEach(item -> read(item, violations).ifPresent(mailboxes::add));
        return mailboxes;
    }

    /** Empty if there is none to read, or a violation. */
    static Optional<Mailbox> read(Field field, Violations violations) {
        if (field.value().isObject()) {
            String name = field.member("name").text().orElse("");
            return readAddress(field.member("address"), violations).map(address -> new Mailbox(name, address));
        }
        Optional<String> text = field.text();
        return text.isPresent() && text.get().endsWith(">")
                ? readNamed(field, text.get(), violations)
                : readAddress(field, violations).map(address -> new Mailbox("", address));
    }

    /** A bare address; empty if there is none to read, or a violation. */
    static Optional<String> readAddress(Field field, Violations violations) {
        return field.text().filter(address -> isAddress(address, field, violations));
    }

    private static Optional<Mailbox> readNamed(Field field, String text, Violations violations) {
        Matcher quoted = QUOTED.matcher(text);
        if (quoted.matches()) {
            String name = ESCAPED.matcher(quoted.group("name")).replaceAll("$1");
            return mailbox(name, quoted.group("address"), field, violations);
        }
        Matcher plain = PLAIN.matcher(text);
        if (plain.matches()) {
            return mailbox(plain.group("name").strip(), plain.group("address"), field, violations);
        }
        violations.add(
                field,
                "neither local@domain nor Name <local@domain>; a name with any of ( ) < > [ ] : ; @ \\ , \""
                        + " stands in double quotes");
        return Optional.empty();
    }

    private static Optional<Mailbox> mailbox(String name, String address, Field field, Violations violations) {
        return isAddress(address, field, violations) ? Optional.of(new Mailbox(name, address)) : Optional.empty();
    }

    private static boolean isAddress(String address, Field field, Violations violations) {
        Optional<String> fault = AddressSyntax.faultOf(address);
        fault.ifPresent(rule -> violations.add(field, rule));
        return fault.isEmpty();
    }
}
