package dev.postrider.smtp;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says in one line why TLS did not begin, and what a person can do about it. */
final class TlsTrouble {

    private final SmtpConfig config;
    private final String relay;

    TlsTrouble(SmtpConfig config, String relay) {
        this.config = config;
        this.relay = relay;
    }

    /** Empty when the failure was not about TLS. */
    Optional<String> advice(IOException failure, SessionOpener opener) {
        if (failure instanceof SessionOpener.ResponseInjected) {
            return Optional.of(
                    relay + " sent more than its reply to STARTTLS before TLS began: someone in between may be"
                            + " injecting replies, or the relay is broken. Nothing was sent; look at the network path");
        }
        // TLS 1.3 tells only after the handshake, at the first thing we read, that the certificate is missed.
        if (opener.askedForCertificate()) {
            return Optional.of(
                    relay + " asked for a client certificate, which Postrider has none of, and then ended the"
                            + " session (" + Causes.innermost(failure)
                            + "): have the relay take a log-in instead, or this machine"
                            + " without a certificate");
        }
        if (!opener.handshaking()) {
            return Optional.empty();
        }
        return certificate(failure)
                .or(() -> Causes.find(failure, SSLException.class).map(why -> handshake(why, opener.heardTls())));
    }

    private Optional<String> certificate(IOException failure) {
        Optional<CertificateException> invalid = Causes.find(failure, CertificateExpiredException.class)
                .<CertificateException>map(expired -> expired)
                .or(() -> Causes.find(failure, CertificateNotYetValidException.class));
        if (invalid.isPresent()) {
            return Optional.of("the certificate of " + relay + " is not valid today (" + Causes.oneLine(invalid.get())
                    + "): renew it on the relay, and check this machine's clock");
        }
        if (Causes.find(failure, CertPathBuilderException.class).isPresent()
                || Causes.find(failure, CertPathValidatorException.class).isPresent()) {
            return Optional.of("the certificate of " + relay + " is not signed by an authority we trust: set"
                    + " postrider.smtp.trust-certificates to the PEM file of the authority, or of a self-signed"
                    + " certificate itself");
        }
        return Causes.find(failure, CertificateException.class)
                .map(other -> "the certificate of " + relay + " is for another host (" + Causes.oneLine(other)
                        + "): set postrider.smtp.host to a name the certificate carries");
    }

    private String handshake(SSLException failure, boolean heardTls) {
        String why = Causes.oneLine(failure);
        if (config.tls() == Tls.IMPLICIT && !heardTls) {
            return relay + " does not begin with TLS: port 465 does; for port 587 set postrider.smtp.tls=starttls";
        }
        if (why.contains("protocol_version")
                || why.contains("protocol version")
                || why.contains("appropriate protocol")) {
            return relay + " does not speak TLS 1.2 or newer (" + why + "), and mail is not sent over less: update the"
                    + " relay, or its TLS settings";
        }
        return "TLS with " + relay + " did not begin (" + why
                + "), and mail is not sent without it: look at the relay's" + " log and its TLS settings";
    }
}
