package dev.postrider.message;

import dev.postrider.submission.Mailbox;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A header field with a list of mailboxes (RFC 5322 §3.6.2, §3.6.3), domains as A-labels. In ASCII a mailbox that ASCII cannot
 * write becomes an empty group of that name (RFC 6857 §3.1): people read it, and no program takes it for another address.
 */
final class AddressField {

    // RFC 5322 §3.2.3. A dot is not among them: "J. Smith" without quotes is obsolete syntax.
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern ATOMS = Pattern.compile(ATOM + "( " + ATOM + ")*");
    private static final int LONGEST_PLAIN_NAME = 60;

    private AddressField() {}

    static String body(String name, List<Mailbox> mailboxes, Script script) throws Uncomposable {
        Folding body = new Folding(name);
        for (Iterator<Mailbox> rest = mailboxes.iterator(); rest.hasNext(); ) {
            Mailbox mailbox = rest.next();
            String end = rest.hasNext() ? "," : "";
            if (script == Script.ASCII && mailbox.isInternational()) {
                String read = mailbox.name().isEmpty() ? mailbox.address() : mailbox.name() + " " + mailbox.address();
                EncodedWords.of(read).forEach(word -> body.append(" ", word));
                body.append(" ", ":;" + end); // The space: RFC 2047 §5 (3).
                continue;
            }
            String address = AsciiDomain.inAddress(mailbox.address());
            if (!mailbox.name().isEmpty()) {
                phrase(mailbox.name()).forEach(word -> body.append(" ", word));
                address = "<" + address + ">";
            }
            body.append(" ", address + end);
        }
        return body.toString();
    }

    /** The display name in the plainest form that holds it. */
    static List<String> phrase(String name) {
        // A long quoted string would be one long line; encoded words can be folded.
        if (EncodedWords.areNeededFor(name) || name.length() > LONGEST_PLAIN_NAME) {
            return EncodedWords.of(name);
        }
        if (ATOMS.matcher(name).matches()) {
            return List.of(name.split(" "));
        }
        return List.of('"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    }
}
