package dev.postrider.message;

import dev.postrider.submission.Mailbox;
import dev.postrider.submission.SendRequest;
import java.util.List;
import java.util.Optional;

/** The addresses of a header section that only UTF-8 can write. Bcc is not in it, and does not count. */
final class InternationalAddresses {

    private InternationalAddresses() {}

    static boolean areIn(SendRequest request) {
        return areAmong(request.to())
                || areAmong(request.cc())
                || inOriginator(request).isPresent();
    }

    /**
     * The field with such an address that says who writes or whom to answer. RFC 6857 has a form in ASCII for those too, but
     * nobody could answer it, and no filter knows whom it is from.
     */
    static Optional<String> inOriginator(SendRequest request) {
        if (request.from().isInternational()) {
            return Optional.of("From");
        }
        if (request.sender().isPresent() && request.sender().get().isInternational()) {
            return Optional.of("Sender");
        }
        return areAmong(request.replyTo()) ? Optional.of("Reply-To") : Optional.empty();
    }

    private static boolean areAmong(List<Mailbox> mailboxes) {
        for (Mailbox mailbox : mailboxes) {
            if (mailbox.isInternational()) {
                return true;
            }
        }
        return false;
    }
}
