package dev.postrider.smtp;

import dev.postrider.submission.AddressSyntax;
import dev.postrider.submission.Dsn;
import dev.postrider.submission.Xtext;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The commands of one transaction, with the parameters that what the relay offers allows for.
 *
 * @param dsn the reports that are asked for; empty: none, or the relay does not offer to be asked
 */
record Commands(Wording wording, Offer offer, Optional<Dsn> dsn) {

    /**
     * MAIL (RFC 5321 §4.1.1.2).
     *
     * @param octets of the message; less than 0 when that is not known yet, and so not declared
     */
    String mail(long octets, boolean eightBit) {
        StringBuilder line = new StringBuilder(80)
                .append("MAIL FROM:<")
                .append(wording.form().envelope().reversePath())
                .append('>');
        if (offer.size() && octets >= 0) {
            line.append(" SIZE=").append(octets); // RFC 1870 §6.1
        }
        if (offer.eightBitMime() && (eightBit || wording.utf8())) {
            line.append(" BODY=8BITMIME"); // RFC 6152 §3
        }
        if (wording.utf8()) {
            line.append(" SMTPUTF8"); // RFC 6531 §3.4
        }
        if (dsn.isPresent()) {
            dsn.get().returned().ifPresent(returned -> line.append(" RET=").append(returned)); // RFC 3461 §4.3
            dsn.get().envid().ifPresent(envid -> line.append(" ENVID=").append(Xtext.of(envid))); // §4.4
        }
        return line.toString();
    }

    /** RCPT (RFC 5321 §4.1.1.3). */
    String rcpt(String recipient) {
        String line = "RCPT TO:<" + recipient + ">";
        return dsn.isPresent() ? line + notified(dsn.get()) + " ORCPT=" + original(recipient) : line;
    }

    /** RFC 3461 §4.1 */
    private static String notified(Dsn dsn) {
        return dsn.on().isEmpty()
                ? ""
                : dsn.on().stream().map(Dsn.Notify::name).collect(Collectors.joining(",", " NOTIFY=", ""));
    }

    /**
     * RFC 3461 §4.2, RFC 6533 §3: whom the report will be about, however the message is forwarded on its way. Named as in our
     * outcomes, domain in ASCII, so that the two can be matched.
     */
    private static String original(String recipient) {
        return AddressSyntax.isAscii(recipient)
                ? "rfc822;" + Xtext.of(recipient)
                : "utf-8;" + Xtext.ofAddress(recipient);
    }
}
