package dev.postrider.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in one line why no session could be opened or used, and what a person can do about it. */
final class RelayTrouble {

    private final SmtpConfig config;
    private final Optional<Login> login;
    private final String relay;
    private final TlsTrouble tls;

    /** @param login the one that was tried: a relay may tell it */
    RelayTrouble(SmtpConfig config, Optional<Login> login) {
        this.config = config;
        this.login = login;
        this.relay = config.host() + ":" + config.port();
        this.tls = new TlsTrouble(config, relay);
    }

    /** DNS does not know the relay. */
    RelayBroken unknownHost(UnknownHostException failure) {
        return new RelayBroken(
                "host '" + config.host() + "' is not known: check postrider.smtp.host and the DNS", failure);
    }

    /**
     * A session could not be opened.
     *
     * @param opener the attempt that came furthest
     * @param tried the addresses that were
     */
    RelayBroken notOpened(IOException failure, SessionOpener opener, List<InetAddress> tried) {
        String all = tried.size() > 1 && !opener.greeted()
                ? tried.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", ", " (tried ", ")"))
                : "";
        String advice = withoutSecrets(advice(failure, opener)) + all;
        // "Too many connections", "try again later": those that are open may still work.
        return failure instanceof SessionOpener.Refused && opener.lastReply().putsOff()
                ? new RelayBusy(advice, failure)
                : new RelayBroken(advice, failure);
    }

    /** A session was opened, and now the relay says that we may not send. */
    RelayBroken accessDenied(Reply reply) {
        return new RelayBroken(withoutSecrets(denial(reply)));
    }

    private String denial(Reply reply) {
        return relay + " does not take mail from us: " + reply + ". "
                + (reply.deniesAccess()
                        ? remedy()
                        : "It says so whoever the mail is from and for: look there at what this machine"
                                + login.map(name -> " and '" + name.user() + "'")
                                        .orElse("")
                                + " may do and at block lists, and check postrider.smtp.ehlo-name");
    }

    private String remedy() {
        if (config.tls() == Tls.NONE) {
            return "If it wants TLS, set postrider.smtp.tls=starttls; if it wants a log-in, postrider.smtp.username and"
                    + " postrider.smtp.password";
        }
        return login.map(Login::user)
                .map(user -> "Check on the relay what '" + user + "' may do, and how to log in")
                .orElse("Set postrider.smtp.username and postrider.smtp.password");
    }

    private String advice(IOException failure, SessionOpener opener) {
        if (!opener.connected()) {
            return unreachable(failure);
        }
        if (failure instanceof SessionOpener.Refused) {
            return refusal(opener.lastSaid(), opener.lastReply());
        }
        if (failure instanceof SessionOpener.NotOffered missing) {
            return notOffered(missing.keyword());
        }
        if (!opener.abortedBecause().isEmpty()
                || Causes.find(failure, SocketTimeoutException.class).isPresent()) {
            return silence(opener.lastSaid());
        }
        Optional<String> aboutTls = tls.advice(failure, opener);
        if (aboutTls.isPresent()) {
            return aboutTls.get();
        }
        if (failure instanceof ReplyReader.NotSmtp) {
            return relay + " does not answer as a relay does (" + failure.getMessage() + "): check postrider.smtp.host"
                    + " and postrider.smtp.port";
        }
        return hangUp(opener.lastSaid(), failure);
    }

    private String notOffered(String keyword) {
        return keyword.equals("AUTH")
                ? relay + " offers neither AUTH PLAIN nor AUTH LOGIN, the two we have, and mail is not sent without a"
                        + " log-in: check the relay's mechanisms, or remove postrider.smtp.username and"
                        + " postrider.smtp.password"
                : relay
                        + " does not offer STARTTLS, and mail is not sent without it: use its submission port (587), or"
                        + " postrider.smtp.tls=implicit with port 465";
    }

    private String unreachable(IOException failure) {
        if (Causes.find(failure, ConnectException.class).isPresent()) {
            return relay + " refuses connections: check postrider.smtp.host and postrider.smtp.port, and that the relay"
                    + " runs";
        }
        return relay + " cannot be reached (" + Causes.innermost(failure) + "): check postrider.smtp.host and"
                + " postrider.smtp.port, and that no firewall is in between";
    }

    private String silence(String command) {
        if (!command.isEmpty()) {
            return relay + " fell silent after " + command + ": look at its load and its log";
        }
        return relay + " accepted the connection and did not greet: "
                + (config.tls() == Tls.STARTTLS
                        ? "a port 465 waits for TLS first; for it set postrider.smtp.tls=implicit"
                        : "check postrider.smtp.port and postrider.smtp.tls");
    }

    private String hangUp(String command, IOException failure) {
        String when = command.isEmpty() ? "instead of greeting" : "after " + command;
        String how = failure instanceof EOFException ? "" : " (" + Causes.innermost(failure) + ")";
        return relay + " closed the connection " + when + how
                + ": look at its log, and whether it lets this machine in";
    }

    private String refusal(String command, Reply reply) {
        return switch (command) {
            case "" ->
                relay + " does not want us: " + reply
                        + (reply.putsOff()
                                ? ". Sessions are opened as soon as it lets us"
                                : ". Check that it lets this machine in");
            case "EHLO", "HELO" -> relay + " refuses EHLO: " + reply + ". Check postrider.smtp.ehlo-name";
            case "STARTTLS" ->
                relay + " offers STARTTLS and refuses it: " + reply
                        + ". Mail is not sent without it: look at the relay's TLS settings";
            case "AUTH" -> noLogIn(reply);
            default -> relay + " refuses " + command + ": " + reply;
        };
    }

    private String noLogIn(Reply reply) {
        if (reply.putsOff()) {
            return relay + " cannot check the log-in of '" + user() + "' at the moment: " + reply
                    + ". Sessions are opened as soon as it can";
        }
        return reply.deniesAccess() && reply.code() != 535
                ? denial(reply)
                : relay + " refused the log-in of '" + user() + "': " + reply
                        + ". Check postrider.smtp.username and postrider.smtp.password"
                        + (config.passwordFile().isPresent() ? "-file" : "");
    }

    private String user() {
        return login.map(Login::user).orElse("");
    }

    /** A relay may echo what it was sent, in the forms of AUTH PLAIN and AUTH LOGIN. */
    private String withoutSecrets(String text) {
        String shown = text;
        for (String secret : login.map(this::formsOf).orElse(List.of())) {
            shown = shown.replace(secret, "***");
        }
        return shown;
    }

    private List<String> formsOf(Login login) {
        String user = login.user();
        String password = login.password();
        return Stream.of(user + "\0" + user + "\0" + password, "\0" + user + "\0" + password, password)
                .flatMap(secret ->
                        Stream.of(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)), secret))
                .filter(secret -> !secret.isEmpty())
                .toList();
    }
}
