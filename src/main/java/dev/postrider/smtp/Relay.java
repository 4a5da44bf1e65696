package dev.postrider.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;

/** Opens sessions with the relay, TLS and authentication included. Thread-safe. */
final class Relay {

    private final SmtpConfig config;
    private final SSLSocketFactory tls;
    private final Watchdog watchdog;
    private final RelayTrouble trouble;
    private final AtomicLong opened = new AtomicLong();

    Relay(SmtpConfig config, Watchdog watchdog) {
        this.config = config;
        this.tls = RelayTls.trusting(config.trustCertificates());
        this.watchdog = watchdog;
        this.trouble = new RelayTrouble(config);
    }

    /**
     * Connects, begins TLS, authenticates. All or nothing: with credentials configured a session that did not
     * authenticate is no session, with TLS asked for neither is one without.
     *
     * @throws RelayBroken saying what is wrong and what to do
     */
    RelaySession open() throws RelayBroken {
        SessionSockets sockets = sockets();
        RelaySocket connection = sockets.connection();
        watchdog.watch(connection);
        connection.deadlineIn(config.openTimeout());
        try {
            RelaySession session = new RelaySession(
                    opened.incrementAndGet(), Session.getInstance(properties(sockets)), config, sockets);
            if (config.tls() == Tls.IMPLICIT) {
                session.connect(sockets.connectImplicitly(config.host(), config.port(), millis(config.connectTimeout())));
            } else {
                session.connect();
            }
            session.requireAuthentication();
            connection.setSoTimeout(millis(config.readTimeout()));
            connection.noDeadline();
            return session;
        } catch (MessagingException | IOException e) {
            RelayBroken broken = trouble.explain(e, connection.closedBecause());
            connection.abort("not opened");
            throw broken;
        }
    }

    private SessionSockets sockets() throws RelayBroken {
        try {
            return new SessionSockets(new RelaySocket(config.writeTimeout()), tls);
        } catch (IOException e) {
            throw new RelayBroken("no socket to be had: " + e.getMessage(), e);
        }
    }

    private Properties properties(SessionSockets sockets) {
        Properties mail = new Properties();
        mail.put("mail.smtp.connectiontimeout", Integer.toString(millis(config.connectTimeout())));
        mail.put("mail.smtp.timeout", Integer.toString(millis(config.openTimeout())));
        mail.put("mail.smtp.socketFactory", sockets.plain());
        mail.put("mail.smtp.socketFactory.fallback", "false");
        if (config.tls() == Tls.STARTTLS) {
            mail.put("mail.smtp.starttls.enable", "true");
            mail.put("mail.smtp.starttls.required", "true");
            mail.put("mail.smtp.ssl.socketFactory", sockets.afterStartTls());
            mail.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
            mail.put("mail.smtp.ssl.checkserveridentity", "true");
        }
        if (config.username().isPresent()) {
            mail.put("mail.smtp.auth", "true");
            mail.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN"); // PLAIN first: one round trip instead of three.
        }
        config.ehloName().ifPresent(name -> mail.put("mail.smtp.localhost", name));
        return mail;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
