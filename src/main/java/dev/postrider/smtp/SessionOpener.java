package dev.postrider.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Opens one session, up to the point where mail can be sent: all that is configured, or none.
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
 * <p>Nothing is said without TLS or without a log-in where one is asked for, and nothing that was said before TLS is believed
 * after it (RFC 3207 §4.2). For one thread and one attempt; how far it came can be asked afterwards.
 */
final class SessionOpener {

    private static final int TLS_FIRST = 465; // RFC 8314 §7.3
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int LONGEST_COMMAND = 510; // RFC 5321 §4.5.3.1.4, without CRLF
    private static final int MOST_CHALLENGES = 10;

    private final SmtpConfig config;
    private final Optional<Login> login;
    private final RelayTls tls;
    private final RelaySocket connection;
    private final EhloName ehloName;
    private final Consumer<String> notice;
    private final long deadline;
    private Exchange exchange;
    private EhloResponse offered = EhloResponse.NONE;
    private String said = "";
    private boolean greeted;
    private boolean handshaking;
    private Reply reply = Reply.none("");
    private String abortedBecause = "";

    /** The relay said no, or something else than what was to come. */
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1L;

        private Refused(Reply reply) {
            super(reply.toString());
        }
    }

    /** The relay does not offer what this session needs. */
    static final class NotOffered extends IOException {

        private static final long serialVersionUID = 1L;

        private final String keyword;

        private NotOffered(String keyword) {
            super(keyword + " is not offered");
            this.keyword = keyword;
        }

        String keyword() {
            return keyword;
        }
    }

    /** Plaintext followed the reply to STARTTLS. */
    static final class ResponseInjected extends IOException {

        private static final long serialVersionUID = 1L;
    }

    /**
     * @param notice takes what a person may want to know before it fails
     * @param deadline of {@link System#nanoTime()}, for all of it
     */
    SessionOpener(
            SmtpConfig config,
            Optional<Login> login,
            RelayTls tls,
            RelaySocket connection,
            EhloName ehloName,
            Consumer<String> notice,
            long deadline) {
        this.config = config;
        this.login = login;
        this.tls = tls;
        this.connection = connection;
        this.ehloName = ehloName;
        this.notice = notice;
        this.deadline = deadline;
    }

    /**
     * Connects, begins TLS, logs in; closes the connection when any of it fails.
     *
     * @param patience with what the relay says first: the greeting, and with implicit TLS the handshake before it
     */
    Exchange open(InetAddress address, Duration patience) throws IOException {
        boolean usable = false;
        try {
            converse(address, patience);
            usable = true;
            return exchange;
        } finally {
            if (!usable) {
                abortedBecause = connection.closedBecause();
                connection.abort("not opened");
            }
        }
    }

    private void converse(InetAddress address, Duration patience) throws IOException {
        connection.deadlineIn(left());
        connection.connect(new InetSocketAddress(address, config.port()), millis(config.connectTimeout()));
        exchange = new Exchange(connection, connection);
        if (config.tls() == Tls.IMPLICIT) {
            beginTls(shorter(patience, left()));
        }
        greeting(patience);
        hello();
        if (config.tls() == Tls.STARTTLS) {
            startTls();
            hello();
        }
        if (login.isPresent()) {
            logIn(login.get());
        }
        exchange.replyWithin(config.readTimeout());
        exchange.answerWithin(config.connectTimeout());
        connection.noDeadline();
    }

    /** What the relay offers in this session. */
    EhloResponse offered() {
        return offered;
    }

    /** Whether it turned out to be a relay that takes sessions; before that another of its addresses may do better. */
    boolean greeted() {
        return greeted;
    }

    boolean connected() {
        return connection.isConnected();
    }

    /** The command said last; {@code ""} while the relay has not been spoken to. */
    String lastSaid() {
        return said;
    }

    /** The reply heard last; code 0 when there was none. */
    Reply lastReply() {
        return reply;
    }

    /** Whether it came to the TLS handshake, and not beyond it. */
    boolean handshaking() {
        return handshaking;
    }

    /** Whether what the relay sent first may be TLS. */
    boolean heardTls() {
        return connection.heardTls();
    }

    /** Whether the relay asked for a client certificate; there is none to show. */
    boolean askedForCertificate() {
        return exchange != null && tls.askedForCertificate(exchange.socket());
    }

    /** Why we dropped the connection; {@code ""} when it was not us. */
    String abortedBecause() {
        return abortedBecause;
    }

    private void greeting(Duration patience) throws IOException {
        Duration limit = shorter(patience, left());
        if (limit.compareTo(SOON) > 0 && config.tls() != Tls.IMPLICIT && exchange.silentFor(SOON)) {
            if (config.port() == TLS_FIRST) {
                throw new SocketTimeoutException("no greeting");
            }
            notice.accept(config.host() + ":" + config.port() + " accepted the connection and has not greeted for "
                    + SOON.toSeconds() + " s. Postrider waits for " + limit.toSeconds()
                    + " s; but if that port begins with TLS, set postrider.smtp.tls=implicit");
            limit = limit.minus(SOON);
        }
        exchange.replyWithin(limit);
        reply = exchange.listen("the connection");
        requireCode(220);
        greeted = true;
    }

    /** RFC 5321 §3.2: HELO is for a relay that does not know EHLO. Such a one knows neither TLS nor AUTH. */
    private void hello() throws IOException {
        offered = EhloResponse.NONE;
        String name = ehloName.from(connection.getLocalAddress());
        String lines = ask("EHLO", name);
        if (config.tls() == Tls.NONE && (reply.code() == 500 || reply.code() == 502)) {
            ask("HELO", name);
            requireCode(250);
            return;
        }
        requireCode(250);
        offered = EhloResponse.of(lines);
    }

    private void startTls() throws IOException {
        if (!offered.offers("STARTTLS")) {
            throw new NotOffered("STARTTLS");
        }
        ask("STARTTLS", "");
        requireCode(220);
        // RFC 3207 §6: nothing sent before the handshake may be believed. A relay, or someone between, that sent
        // more than its reply to STARTTLS is trying to have it believed (CVE-2011-0411).
        if (exchange.saidMore() || connection.pending()) {
            throw new ResponseInjected();
        }
        beginTls(left());
    }

    private void beginTls(Duration limit) throws IOException {
        handshaking = true;
        connection.readWithin(limit);
        exchange = new Exchange(connection, tls.begin(connection, RelayAddresses.name(config.host()), config.port()));
        handshaking = false;
    }

    /** With the first mechanism that the relay does not refuse as such. */
    private void logIn(Login user) throws IOException {
        List<AuthMechanism> mechanisms = AuthMechanism.usable(offered, user);
        for (AuthMechanism mechanism : mechanisms) {
            authenticate(mechanism);
            if (reply.code() == 235) {
                return;
            }
            // RFC 4954 §6: not available, or too weak; some relays say 553 for that. 535 is a wrong password.
            if (reply.code() != 504 && reply.code() != 534 && reply.code() != 553) {
                break;
            }
        }
        throw mechanisms.isEmpty() ? new NotOffered("AUTH") : new Refused(reply);
    }

    private void authenticate(AuthMechanism mechanism) throws IOException {
        Optional<String> initial = mechanism.initialResponse();
        String alone = "AUTH " + mechanism.name();
        String together = initial.map(response -> alone + " " + response).orElse(alone);
        boolean fits = together.length() <= LONGEST_COMMAND; // RFC 4954 §4: else the response follows.
        said = "AUTH";
        exchange.command(fits ? together : alone);
        String lines = hear();
        for (int challenge = 0; reply.code() == 334 && challenge < MOST_CHALLENGES; challenge++) {
            Optional<String> response =
                    !fits && challenge == 0 ? initial : mechanism.respond(lines.substring(Math.min(4, lines.length())));
            exchange.command(response.orElse("*")); // RFC 4954 §4: "*" gives up.
            lines = hear();
        }
    }

    private String ask(String verb, String parameter) throws IOException {
        said = verb;
        exchange.command(parameter.isEmpty() ? verb : verb + " " + parameter);
        return hear();
    }

    private String hear() throws IOException {
        exchange.replyWithin(left());
        String lines = exchange.listenToLines(said); // Not what was said: that may be a password.
        reply = Reply.parse(lines);
        return lines;
    }

    private void requireCode(int code) throws Refused {
        if (reply.code() != code) {
            throw new Refused(reply);
        }
    }

    private Duration left() throws SocketTimeoutException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("not opened in time");
        }
        return Duration.ofNanos(left);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private int millis(Duration limit) throws SocketTimeoutException {
        return (int) Math.max(1, Math.min(limit.toMillis(), left().toMillis()));
    }
}
