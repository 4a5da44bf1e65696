package dev.postrider.smtp;

import jakarta.mail.AuthenticationFailedException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says in one line why no session could be opened, and what a person can do about it. */
final class RelayTrouble {

    private final SmtpConfig config;
    private final String relay;

    RelayTrouble(SmtpConfig config) {
        this.config = config;
        this.relay = config.host() + ":" + config.port();
    }

    /** @param closedBecause our own reason for closing the connection, {@code ""} when it was not us */
    RelayBroken explain(Exception failure, String closedBecause) {
        String said = withoutSecret(oneLine(failure.getMessage()));
        return new RelayBroken(advice(failure, said, closedBecause), failure);
    }

    private String advice(Exception failure, String said, String closedBecause) {
        if (failure instanceof AuthenticationFailedException) {
            return authentication(said);
        }
        if (find(failure, UnknownHostException.class).isPresent()) {
            return "host '" + config.host() + "' is not known: check postrider.smtp.host and the DNS";
        }
        if (find(failure, ConnectException.class).isPresent()) {
            return relay + " refuses connections: check postrider.smtp.host and postrider.smtp.port, and that the relay runs";
        }
        if (find(failure, CertificateException.class).isPresent()
                || find(failure, CertPathValidatorException.class).isPresent()
                || find(failure, CertPathBuilderException.class).isPresent()) {
            return certificate(failure);
        }
        if (said.contains("STARTTLS is required")) {
            return relay + " does not offer STARTTLS, and mail is not sent without it. Use its submission port"
                    + " (587), or postrider.smtp.tls=implicit with port 465";
        }
        if (find(failure, SSLException.class).isPresent()) {
            return tls(find(failure, SSLException.class).get());
        }
        if (said.contains("bad greeting") && !said.contains("[EOF]")) {
            return relay + " does not want us: " + said.substring(said.indexOf("response:") + "response:".length()).strip();
        }
        if (!closedBecause.isEmpty()
                || find(failure, SocketTimeoutException.class).isPresent()
                || find(failure, EOFException.class).isPresent()
                || said.contains("[EOF]")) {
            return silence();
        }
        return relay + " cannot be used: " + said + deepest(failure, said);
    }

    private String authentication(String said) {
        if (said.isEmpty() || said.startsWith("No authentication mechanisms")) {
            return relay + " offers neither AUTH PLAIN nor AUTH LOGIN, the two we have: check the relay's mechanisms";
        }
        return relay + " refused the log-in of '" + config.username().orElse("") + "': " + said
                + ". Check postrider.smtp.username and postrider.smtp.password";
    }

    private String certificate(Exception failure) {
        if (find(failure, CertificateExpiredException.class).isPresent()
                || find(failure, CertificateNotYetValidException.class).isPresent()) {
            String why = find(failure, CertificateException.class).orElseThrow().getMessage();
            return "the certificate of " + relay + " is not valid today (" + oneLine(why)
                    + "): renew it on the relay, and check this machine's clock";
        }
        if (find(failure, CertPathBuilderException.class).isPresent()
                || find(failure, CertPathValidatorException.class).isPresent()) {
            return "the certificate of " + relay + " is not signed by an authority we trust: set"
                    + " postrider.smtp.trust-certificates to the PEM file of the authority, or of a self-signed"
                    + " certificate itself";
        }
        String why = find(failure, CertificateException.class).orElseThrow().getMessage();
        return "the certificate of " + relay + " is for another host (" + oneLine(why)
                + "): set postrider.smtp.host to a name the certificate carries";
    }

    private String tls(SSLException failure) {
        String why = oneLine(failure.getMessage());
        if (config.tls() == Tls.IMPLICIT) {
            return relay + " does not speak TLS from the first byte (" + why
                    + "): port 465 does; for port 587 set postrider.smtp.tls=starttls";
        }
        return "TLS with " + relay + " failed: " + why + ". Nothing is sent without it";
    }

    private String silence() {
        String hint = config.tls() == Tls.STARTTLS
                ? "a port 465 waits for TLS first: for it set postrider.smtp.tls=implicit"
                : "check postrider.smtp.port and postrider.smtp.tls";
        return relay + " accepted the connection but did not complete the greeting; " + hint;
    }

    private static String deepest(Throwable failure, String said) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String why = oneLine(root.getMessage());
        return root == failure || why.isEmpty() || said.contains(why) ? "" : " (" + why + ")";
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    private static String oneLine(String text) {
        return text == null ? "" : text.replaceAll("\\s*[\\r\\n]+\\s*", " ").strip();
    }

    /** A relay may echo what it was sent. */
    private String withoutSecret(String text) {
        return config.password().filter(secret -> !secret.isEmpty()).map(secret -> text.replace(secret, "***")).orElse(text);
    }
}
