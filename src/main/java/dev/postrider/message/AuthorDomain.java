package dev.postrider.message;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/** The domain that a message says it is from: the one DMARC asks about (RFC 7489 §3.1). */
final class AuthorDomain {

    private AuthorDomain() {}

    /** Of the first author, in lower case and ASCII; empty when the From field names none. */
    static Optional<String> of(SMTPMessage message) {
        try {
            // Not getFrom(): without a From field that takes the Sender's.
            String from = message.getHeader("From", ",");
            InternetAddress[] authors =
                    from == null ? new InternetAddress[0] : InternetAddress.parseHeader(from, false);
            return authors.length == 0 ? Optional.empty() : domain(authors[0].getAddress());
        } catch (MessagingException e) {
            return Optional.empty();
        }
    }

    /** Of an address, in lower case and ASCII; empty when it has none. */
    static Optional<String> domain(String address) {
        int at = address == null ? -1 : address.lastIndexOf('@');
        if (at < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(AsciiDomain.of(address.substring(at + 1)).toLowerCase(Locale.ROOT));
        } catch (Uncomposable e) {
            return Optional.empty();
        }
    }
}
