package dev.postrider.submission;

import java.util.List;
import java.util.Optional;

/** Whom a message is from, or who sent it on (RFC 5322 §3.6.2, §3.6.6). */
final class Originator {

    private Originator() {}

    /**
     * The address of the sender, else of the author. Empty if it is a violation, or there is no author.
     *
     * @param prefix {@code ""}, or {@code "Resent-"} for who sent it on
     */
    static Optional<String> of(HeaderSection header, String prefix, Violations violations) {
        List<String> authors = addresses(header, prefix + "From", violations);
        List<String> senders = addresses(header, prefix + "Sender", violations);
        if (authors.size() > 1 && senders.isEmpty()) {
            violations.add(
                    header.named(prefix + "From").get(0).place(),
                    "names more than one author, so that " + prefix + "Sender is required (RFC 5322 §3.6.2)");
        }
        if (senders.size() > 1) {
            violations.add(header.named(prefix + "Sender").get(0).place(), "names more than one sender");
        }
        return (senders.isEmpty() ? authors : senders).stream().findFirst();
    }

    private static List<String> addresses(HeaderSection header, String name, Violations violations) {
        List<HeaderField> fields = header.named(name);
        if (fields.isEmpty()) {
            return List.of();
        }
        HeaderField first = fields.get(0);
        List<String> addresses = AddressList.read(first.place(), first.value(), violations);
        if (addresses.isEmpty()) {
            violations.add(first.place(), "no address");
        }
        return addresses;
    }
}
