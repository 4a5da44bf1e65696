package dev.postrider.smtp;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The relay and how to talk to it: {@code postrider.smtp.*}. */
public interface SmtpConfig {

    /** Host name of the relay, in any script, or its IPv4 or IPv6 address. Its certificate has to name it. */
    String host();

    /** 587 for submission with STARTTLS, 465 for implicit TLS (RFC 8314), 25 for a relay in the same network. */
    @WithDefault("587")
    int port();

    /** When TLS begins; {@code none} sends everything readable and is refused together with a password. */
    @WithDefault("starttls")
    Tls tls();

    /**
     * PEM file of the authorities to trust instead of the platform's: a private CA, or the relay's own certificate. When it
     * changes it is read anew for the next session; if it cannot be, what it said before still applies.
     */
    Optional<Path> trustCertificates();

    /** With a user name every session authenticates or is not used at all. */
    Optional<String> username();

    /** Never logged. Changed in the settings file, it and the user name apply from the next session on. */
    Optional<String> password();

    /**
     * File with the password, in UTF-8, instead of the password itself; a line end at its end does not count, nor does a byte
     * order mark, and there is one line. Read anew for each session; while it cannot be read the line stops.
     */
    Optional<Path> passwordFile();

    /**
     * What EHLO says we are (RFC 5321 §4.1.1.1); default: this machine's full name, or its address if it has none with a dot. Relays
     * may check that it resolves.
     */
    Optional<String> ehloName();

    /**
     * How long to wait for a connection to one address of the relay before the next one is tried, or for a NOOP before a session is
     * dead. When no address answers, the relay counts as unreachable.
     */
    @WithDefault("10s")
    Duration connectTimeout();

    /** How long the relay may take to be connected to, greet, begin TLS and authenticate before it counts as unusable. */
    @WithDefault("30s")
    Duration openTimeout();

    /** How long to wait for the whole of a reply; RFC 5321 §4.5.3.2 asks for five minutes at least. */
    @WithDefault("5m")
    Duration readTimeout();

    /** How long one write may be stuck before the session is given up. */
    @WithDefault("3m")
    Duration writeTimeout();

    /** How long one transaction may take from MAIL to the reply to the final dot. */
    @WithDefault("10m")
    Duration transactionDeadline();

    /**
     * How often a request whose connection broke before the end of the message goes to another session before it counts as
     * deferred. One that broke after it counts as unknown at once; a message sent in one flight has its end sent at once.
     */
    @WithDefault("2")
    int lostConnectionRetries();

    /**
     * Whether commands are sent together where the relay offers that (RFC 2920). {@code false} for a relay, or something on
     * the way to it, that cannot cope: each command then waits for the reply to the one before.
     */
    @WithDefault("true")
    boolean pipelining();

    /**
     * Whether content is sent in counted chunks where the relay offers that (RFC 3030). {@code false} sends it by DATA; then
     * a message is two waits for the relay instead of one.
     */
    @WithDefault("true")
    boolean chunking();

    /**
     * Extensions that are not used although the relay offers them, for a relay that breaks what it offers: of
     * {@code PIPELINING}, {@code CHUNKING}, {@code SIZE}, {@code 8BITMIME}, {@code SMTPUTF8}, {@code DSN}.
     */
    Optional<List<String>> discardEhloKeywords();

    /** The sessions kept with the relay. */
    Pool pool();

    /** The prober's back-off while the line is stopped. */
    Probe probe();

    /** {@code postrider.smtp.pool.*} */
    interface Pool {

        /**
         * Sessions open at once at most, and so transactions under way at once. How many it takes: {@code sessions = messages
         * a second × flights × round trip in seconds}, where a small message is 1 flight if the relay offers PIPELINING and
         * CHUNKING, 2 with PIPELINING alone and 4 without; to the last flight comes the time the relay takes to store the
         * message. 400 a second over 20 ms to such a relay: 8. Many relays allow 10 to 20 per client. When the line opens one session begins; the others follow as messages are relayed, and leave when the relay throttles.
         */
        @WithDefault("8")
        int size();

        /** After this many transactions a session says QUIT and a new one is opened; relays have such limits too. */
        @WithDefault("100")
        int maxTransactions();

        /**
         * A session older than this says QUIT after its transaction, so that a relay behind a balancer that is being replaced
         * is let go of, and a changed password is taken up.
         */
        @WithDefault("10m")
        Duration maxAge();

        /** A session unused for this long says QUIT; Postfix closes idle ones after 300 s. */
        @WithDefault("60s")
        Duration idleTimeout();

        /** A session unused for this long is asked with NOOP before it is used again. */
        @WithDefault("5s")
        Duration probeAfter();
    }

    /** {@code postrider.smtp.probe.*} */
    interface Probe {

        /**
         * The wait after the first failure; each further one doubles it. Also the first pause between two messages when the
         * relay throttles a single session.
         */
        @WithDefault("1s")
        Duration delay();

        /**
         * The longest wait between two probes, and so the longest time a mended relay goes unnoticed. Also how long a number
         * of sessions that was too many for the relay is not tried again, and the longest pause when one was.
         */
        @WithDefault("30s")
        Duration maxDelay();
    }
}
