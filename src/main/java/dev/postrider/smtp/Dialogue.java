package dev.postrider.smtp;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * The opening of a session, up to the point where mail can be sent. That is Angus' work, made strict: where Angus goes on without
 * TLS or without authentication, or believes what was said before TLS, this one ends.
 *
 * <pre>
 * S: 220 relay.example ESMTP
 * C: EHLO orders-7.shop.example
 * S: 250-relay.example
 * S: 250 STARTTLS
 * C: STARTTLS
 * S: 220 2.0.0 Ready to start TLS
 * C: EHLO orders-7.shop.example
 * S: 250-relay.example
 * S: 250 AUTH PLAIN LOGIN
 * C: AUTH PLAIN ...
 * S: 235 2.7.0 Authentication successful
 * </pre>
 *
 * <p>Used by one thread at a time; only {@link #abort} may come from another.
 */
final class Dialogue extends SMTPTransport {

    private final SmtpConfig config;
    private final boolean logsIn;
    private final SessionSockets sockets;
    private String said = "";

    Dialogue(Session session, SmtpConfig config, Optional<Login> login, SessionSockets sockets) {
        super(
                session,
                new URLName(
                        "smtp",
                        config.host(),
                        config.port(),
                        null,
                        login.map(Login::user).orElse(null),
                        login.map(Login::password).orElse(null)),
                "smtp",
                config.tls() == Tls.IMPLICIT);
        this.config = config;
        this.logsIn = login.isPresent();
        this.sockets = sockets;
    }

    /** Connects, begins TLS, authenticates: all that is configured, or it fails. */
    void open() throws MessagingException, IOException {
        if (config.tls() == Tls.NONE) {
            sockets.connection().readAhead();
        }
        if (config.tls() == Tls.IMPLICIT) {
            connect(sockets.connectImplicitly(config.host(), config.port(), config.connectTimeout()));
        } else {
            connect();
        }
        if (logsIn && !supportsExtension("AUTH") && !supportsExtension("AUTH=LOGIN")) {
            throw new AuthenticationFailedException("No authentication mechanisms offered");
        }
        sockets.connection().setSoTimeout(Math.toIntExact(config.readTimeout().toMillis()));
    }

    /** What follows is said here; from now on Angus is not to say anything. */
    Exchange exchange() throws IOException {
        return new Exchange(this, sockets);
    }

    /** Whether the relay has sent something that was not read yet; costs next to nothing. */
    boolean pending() {
        try {
            return sockets.connection().pending();
        } catch (IOException e) {
            return true; // What there is to read is that it is closed.
        }
    }

    /** From now on the dialogue may go on for this long. */
    void deadlineIn(Duration limit) {
        sockets.connection().deadlineIn(limit);
    }

    void noDeadline() {
        sockets.connection().noDeadline();
    }

    /** Drops the connection without a word. */
    void abort(String reason) {
        sockets.connection().abort(reason);
    }

    /** Why we dropped the connection; {@code ""} when it was not us. */
    String abortedBecause() {
        return sockets.connection().closedBecause();
    }

    boolean connected() {
        return sockets.connection().isConnected();
    }

    /** What was said last, as far as a person needs to know; {@code ""} while the relay has not been spoken to. */
    String lastSaid() {
        return said;
    }

    /** Whether the next thing to happen is, or was to be, the TLS handshake. */
    boolean beginsTls() {
        return said.equals("STARTTLS") || (said.isEmpty() && config.tls() == Tls.IMPLICIT);
    }

    /** The reply heard last; code 0 when there was none, or what came was none. */
    Reply lastReply() {
        String lines = getLastServerResponse();
        return lines == null ? Reply.none("") : Reply.parse(lines);
    }

    @Override
    protected void sendCommand(String line) throws MessagingException {
        said = line.split(" ", 2)[0];
        super.sendCommand(line);
    }

    /** Angus falls back to HELO whatever the reply, and after TLS goes on with what the first EHLO had offered. */
    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        if (super.ehlo(domain)) {
            return true;
        }
        // RFC 5321 §3.2: HELO is for a relay that does not know EHLO. Such a one knows neither TLS nor AUTH.
        int code = lastReply().code();
        if (config.tls() == Tls.NONE && (code == 500 || code == 502)) {
            return false;
        }
        throw new MessagingException("EHLO was refused");
    }

    /** Angus also begins TLS when AUTH gets 530, over TLS too, or without being told whom to trust. */
    @Override
    protected void startTLS() throws MessagingException {
        if (config.tls() != Tls.STARTTLS || sockets.secure()) {
            throw new MessagingException("TLS is not to begin here");
        }
        super.startTLS();
    }
}
