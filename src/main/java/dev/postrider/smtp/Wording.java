package dev.postrider.smtp;

import dev.postrider.submission.AddressSyntax;
import java.util.Optional;

/**
 * How a message is put to a relay: in UTF-8 where it needs that and the relay takes it (RFC 6531 §3.2), else in ASCII as far
 * as that goes. Nearly every message is in ASCII anyway, and then no relay hears of UTF-8.
 *
 * @param form what is sent
 * @param utf8 SMTPUTF8 is said
 */
record Wording(Outgoing form, boolean utf8) {

    private static final String NOT_OFFERED = " not ASCII, and the relay offers no SMTPUTF8";

    static Wording of(Outgoing message, Offer offer) {
        return offer.takesUtf8() && needsUtf8(message)
                ? new Wording(message, true)
                : new Wording(message.inAscii(), false);
    }

    private static boolean needsUtf8(Outgoing message) {
        if (message.inAscii() != message || message.onlyInUtf8().isPresent()) {
            return true;
        }
        for (String recipient : message.envelope().recipients()) {
            if (!AddressSyntax.isAscii(recipient)) {
                return true;
            }
        }
        return !AddressSyntax.isAscii(message.envelope().reversePath());
    }

    /** Why nobody can get it so; empty if somebody can. */
    Optional<Reply> refusal() {
        if (!isSayable(form.envelope().reversePath())) {
            return Optional.of(Reply.local(553, "5.6.7", "not sent: the reverse-path is" + NOT_OFFERED));
        }
        // Not 5.6.7, which RFC 6531 §4.2 has for MAIL and RCPT.
        return utf8
                ? Optional.empty()
                : form.onlyInUtf8().map(field -> Reply.local(550, "5.6.9", "not sent: " + field + " is" + NOT_OFFERED));
    }

    /** Why this recipient cannot get it; empty if it can. */
    Optional<Reply> refusal(String recipient) {
        return isSayable(recipient)
                ? Optional.empty()
                : Optional.of(Reply.local(553, "5.6.7", "not sent: the address is" + NOT_OFFERED));
    }

    private boolean isSayable(String address) {
        return utf8 || AddressSyntax.isAscii(address);
    }
}
