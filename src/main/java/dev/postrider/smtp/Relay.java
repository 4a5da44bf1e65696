package dev.postrider.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;

/** Opens sessions with the relay, TLS and authentication included. Thread-safe. */
final class Relay {

    private final SmtpConfig config;
    private final Authorities authorities;
    private final Logins logins;
    private final Watchdog watchdog;
    private final EhloName ehloName;
    private final Trust trust;
    private final AtomicLong opened = new AtomicLong();

    Relay(SmtpConfig config, Logins logins, Watchdog watchdog) {
        this.config = config;
        this.authorities = new Authorities(config.trustCertificates());
        this.logins = logins;
        this.watchdog = watchdog;
        this.ehloName = new EhloName(config);
        this.trust = new Trust(System::nanoTime);
    }

    /**
     * Connects, begins TLS, authenticates. All or nothing: with credentials configured a session that did not
     * authenticate is no session, with TLS asked for neither is one without.
     *
     * @throws RelayBusy when the relay takes no further session at the moment
     * @throws RelayBroken saying what is wrong and what to do
     */
    RelaySession open() throws RelayBroken {
        Optional<Login> login = logins.now();
        RelayTrouble trouble = new RelayTrouble(config, login);
        SessionSockets sockets = sockets();
        Dialogue dialogue = new Dialogue(Session.getInstance(properties(sockets)), config, login, sockets);
        watchdog.watch(sockets.connection());
        dialogue.deadlineIn(config.openTimeout());
        boolean usable = false;
        try {
            dialogue.open();
            dialogue.noDeadline();
            usable = true;
            return new RelaySession(
                    new Channel(
                            opened.incrementAndGet(),
                            dialogue,
                            dialogue.exchange(),
                            Offer.of(dialogue, config),
                            trust,
                            trouble,
                            new Rendering()),
                    config);
        } catch (MessagingException | IOException e) {
            throw trouble.notOpened(e, dialogue);
        } finally {
            if (!usable) {
                dialogue.abort("not opened");
            }
        }
    }

    /** How many sessions were opened. */
    long opened() {
        return opened.get();
    }

    private SessionSockets sockets() throws RelayBroken {
        try {
            return new SessionSockets(new RelaySocket(config.writeTimeout()), authorities.now());
        } catch (IOException e) {
            throw new RelayBroken("no socket to be had (" + e.getMessage() + "): raise the limit of open files", e);
        }
    }

    private Properties properties(SessionSockets sockets) {
        Properties mail = new Properties();
        mail.put(
                "mail.smtp.connectiontimeout",
                Long.toString(config.connectTimeout().toMillis()));
        mail.put("mail.smtp.timeout", Long.toString(config.openTimeout().toMillis()));
        mail.put("mail.smtp.quitwait", "false");
        mail.put("mail.smtp.localhost", ehloName.get());
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
        return mail;
    }
}
