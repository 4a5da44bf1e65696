package dev.postrider.message;

import dev.postrider.dkim.Alignment;
import dev.postrider.dkim.DkimConfig.Unsigned;
import dev.postrider.dkim.Imprint;
import dev.postrider.dkim.SigningDomain;
import dev.postrider.dkim.SigningDomains;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/**
 * Signs a message in the name of the domain in its From field (RFC 6376), when that has a key.
 *
 * <p>Thread-safe. A small message is rendered here, and what is relayed are those octets; a large one is rendered here to
 * be hashed and again to be relayed, so that its attachments never stand in memory.
 */
public final class MessageSigner {

    private static final int KEPT = 1 << 20;

    private final Clock clock;
    private final SigningDomains domains;
    private final Unsigned unsigned;
    private final Alignment alignment = new Alignment();

    /** @param unsigned what becomes of mail from a domain without a key */
    public MessageSigner(Clock clock, SigningDomains domains, Unsigned unsigned) {
        this.clock = clock;
        this.domains = domains;
        this.unsigned = unsigned;
    }

    /**
     * The same message, with its signatures on top; also on its form in ASCII, if it has another one.
     *
     * @throws Uncomposable when it is only to go out signed and cannot be, or when an attachment cannot be read
     */
    public <M extends SignableMessage> M sign(M message) throws Uncomposable {
        Optional<String> from = AuthorDomain.of(message);
        Optional<SigningDomain> domain = from.flatMap(domains::of);
        if (domain.isEmpty() && unsigned == Unsigned.REFUSE) {
            throw new Uncomposable("from: mail from " + from.orElse("nobody")
                    + " is not relayed without a DKIM signature (postrider.dkim.unsigned=refuse), and the domain has no key"
                    + " in postrider.dkim.domains");
        }
        if (domain.isPresent()) {
            message.signed(signed(message, domain.get()));
            SignableMessage inAscii = message.inAscii();
            if (inAscii != message) {
                inAscii.signed(signed(inAscii, domain.get()));
            }
        }
        if (from.isPresent()) {
            Optional<String> returnsTo = AuthorDomain.domain(message.envelope().reversePath());
            alignment.look(from.get(), returnsTo, domain.map(SigningDomain::name));
        }
        return message;
    }

    /**
     * Tells before the first message what is known of all: who vouches for them.
     *
     * @param returnPath reverse-path of those whose request names none
     */
    public void foresee(String returnPath) {
        Optional<String> returnsTo = AuthorDomain.domain(returnPath);
        domains.all().forEach(domain -> alignment.look(domain.name(), returnsTo, Optional.of(domain.name())));
        if (unsigned == Unsigned.RELAY) {
            returnsTo.ifPresent(alignment::foreseeUnsigned);
        }
    }

    private SignedForm signed(SignableMessage message, SigningDomain domain) throws Uncomposable {
        Imprint imprint = new Imprint(KEPT);
        try {
            WireForm.write(message, imprint);
        } catch (IOException | MessagingException e) {
            throw new Uncomposable(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
        return new SignedForm(domain.sign(imprint, clock.instant()), imprint.octets());
    }
}
