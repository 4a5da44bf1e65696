package dev.postrider.smtp;

import dev.postrider.submission.Envelope;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPOutputStream;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * A session with the relay. Setting it up is Angus' work; the transactions are ours, because who must tell a lost
 * message from a doubtful one has to know how far the dialogue had come, and what was said about each recipient:
 *
 * <pre>
 * C: MAIL FROM:&lt;orders@shop.example&gt;
 * S: 250 2.1.0 Ok
 * C: RCPT TO:&lt;ann@example.org&gt;
 * S: 250 2.1.5 Ok
 * C: RCPT TO:&lt;nobody@example.org&gt;
 * S: 550 5.1.1 User unknown
 * C: DATA
 * S: 354 End data with &lt;CR&gt;&lt;LF&gt;.&lt;CR&gt;&lt;LF&gt;
 * C: (content)
 * C: .
 * S: 250 2.0.0 Ok: queued as 9F3
 * </pre>
 *
 * <p>Used by one thread at a time.
 */
final class RelaySession extends SMTPTransport {

    private static final int BUFFER = 16 * 1024;

    private final long number;
    private final SmtpConfig config;
    private final SessionSockets sockets;
    private int transactions;
    private boolean doubtful;
    private long idleSince = System.nanoTime();

    RelaySession(long number, Session session, SmtpConfig config, SessionSockets sockets) {
        super(
                session,
                new URLName(
                        "smtp",
                        config.host(),
                        config.port(),
                        null,
                        config.username().orElse(null),
                        config.password().orElse(null)),
                "smtp",
                config.tls() == Tls.IMPLICIT);
        this.number = number;
        this.config = config;
        this.sockets = sockets;
    }

    long number() {
        return number;
    }

    /** Angus goes on unauthenticated when AUTH is not offered; we do not. */
    void requireAuthentication() throws MessagingException {
        if (config.username().isPresent() && !supportsExtension("AUTH") && !supportsExtension("AUTH=LOGIN")) {
            abort();
            throw new AuthenticationFailedException("No authentication mechanisms offered");
        }
    }

    /**
     * Hands one message over.
     *
     * @return the relay's word on every recipient
     * @throws SessionLost when the connection broke, or the relay hung up before it had accepted anything
     * @throws RelayBroken when the relay wants an authentication we do not have
     * @throws UnreadableContent when the message itself could not be read to the end
     */
    synchronized TransactionReport transact(Outgoing message) throws SessionLost, RelayBroken, UnreadableContent {
        RelaySocket connection = sockets.connection();
        connection.deadlineIn(config.transactionDeadline());
        transactions++;
        doubtful = true;
        Transaction transaction = new Transaction(message);
        try {
            transaction.run();
            doubtful = transaction.end != null;
            return new TransactionReport(number, transaction.reports);
        } catch (MessagingException | IOException e) {
            String reason = connection.closedBecause().isEmpty() ? rootMessage(e) : connection.closedBecause();
            throw new SessionLost(transaction.stage, reason);
        } finally {
            connection.noDeadline();
            idleSince = System.nanoTime();
        }
    }

    /** False when the dialogue is in doubt or the session has served its time. */
    boolean reusable() {
        return !doubtful && transactions < config.pool().maxTransactions();
    }

    boolean used() {
        return transactions > 0;
    }

    long idleNanos() {
        return System.nanoTime() - idleSince;
    }

    /** NOOP: is anyone there? */
    synchronized boolean alive() {
        try {
            return simpleCommand("NOOP") / 100 == 2;
        } catch (MessagingException e) {
            return false;
        }
    }

    /** QUIT (RFC 5321 §4.1.1.10), unless the dialogue is in doubt; whatever becomes of it changes no disposition. */
    synchronized void quit() {
        try {
            if (!doubtful) {
                sockets.connection().setSoTimeout(2_000);
                simpleCommand("QUIT");
            }
        } catch (MessagingException | IOException e) {
            doubtful = true;
        } finally {
            abort();
        }
    }

    /** Drops the connection without a word. */
    void abort() {
        sockets.connection().abort("given up");
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** The dialogue of one message. */
    private final class Transaction {

        private final Outgoing message;
        private final Envelope envelope;
        private final List<RecipientReport> reports = new ArrayList<>();
        private Stage stage = Stage.MAIL;
        private Reply end;

        Transaction(Outgoing message) {
            this.message = message;
            this.envelope = message.envelope();
        }

        void run() throws MessagingException, IOException, SessionLost, RelayBroken, UnreadableContent {
            if (!ascii(envelope.reversePath())) {
                refuseAll(Stage.MAIL, Reply.local(553, "5.6.7", "the reverse-path is not ASCII"));
                return;
            }
            Reply mail = say("MAIL FROM:<" + envelope.reversePath() + ">");
            if (mail.code() == 421) {
                // It hung up on an idle session or is shutting down; this message was not even looked at.
                throw new SessionLost(Stage.MAIL, mail.toString());
            }
            if (mail.code() == 530 || mail.code() == 535 || mail.code() == 538) {
                throw new RelayBroken(config.host() + " wants to know who we are: " + mail
                        + ". Set postrider.smtp.username and postrider.smtp.password");
            }
            if (!mail.accepted()) {
                refuseAll(Stage.MAIL, mail);
                return;
            }
            List<String> accepted = recipients();
            if (accepted.isEmpty()) {
                reset();
                return;
            }
            stage = Stage.DATA;
            Reply data = say("DATA");
            if (data.code() != 354) {
                accepted.forEach(recipient -> report(recipient, Stage.DATA, data));
                reset();
                return;
            }
            content();
            Reply last = listen();
            accepted.forEach(recipient -> report(recipient, Stage.FINAL_DOT, last));
        }

        /** RCPT for each recipient; the refused ones are reported, the accepted ones returned. */
        private List<String> recipients() throws MessagingException, SessionLost {
            stage = Stage.RCPT;
            List<String> accepted = new ArrayList<>();
            for (String recipient : envelope.recipients()) {
                if (!ascii(recipient)) {
                    report(recipient, Stage.RCPT, Reply.local(553, "5.6.7", "the address is not ASCII"));
                    continue;
                }
                Reply rcpt = end != null ? end : say("RCPT TO:<" + recipient + ">");
                if (rcpt.accepted()) {
                    accepted.add(recipient);
                } else {
                    report(recipient, Stage.RCPT, rcpt);
                }
            }
            if (end != null) {
                // 421 or 503 in the middle: those already accepted go the way of the one that met it.
                accepted.forEach(recipient -> report(recipient, Stage.RCPT, end));
                return List.of();
            }
            return accepted;
        }

        private void content() throws IOException, MessagingException, UnreadableContent {
            stage = Stage.CONTENT;
            RelayOutput relay = new RelayOutput(sockets.output());
            SMTPOutputStream dotted = new SMTPOutputStream(relay);
            try {
                message.writeTo(dotted, new String[] {"Bcc"});
            } catch (IOException | MessagingException | RuntimeException e) {
                if (relay.failed) {
                    throw e;
                }
                // No dot: the relay forgets what it got so far (RFC 5321 §3.8).
                abort();
                throw new UnreadableContent(e);
            }
            dotted.ensureAtBOL();
            stage = Stage.FINAL_DOT;
            relay.write(new byte[] {'.', '\r', '\n'});
            relay.flush();
        }

        private void reset() throws MessagingException, SessionLost {
            if (end == null) {
                Reply reset = say("RSET");
                end = reset.accepted() ? null : reset;
            }
        }

        private void refuseAll(Stage at, Reply reply) {
            envelope.recipients().forEach(recipient -> report(recipient, at, reply));
        }

        private void report(String recipient, Stage at, Reply reply) {
            reports.add(new RecipientReport(recipient, at, reply));
        }

        private Reply say(String command) throws MessagingException, SessionLost {
            sendCommand(command);
            return listen();
        }

        private Reply listen() throws MessagingException, SessionLost {
            int code = readServerResponse();
            if (code <= 0) {
                throw new SessionLost(stage, "the relay closed the connection");
            }
            Reply reply = Reply.parse(getLastServerResponse());
            // RFC 5321 §3.8: 421 announces the end; after 503 the two sides disagree about where they are.
            if (reply.code() == 421 || reply.code() == 503) {
                end = reply;
            }
            return reply;
        }
    }

    private static boolean ascii(String address) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(address);
    }

    /** Remembers whether it was the relay's side that failed, so that the message is not blamed for it. */
    private static final class RelayOutput extends FilterOutputStream {

        private boolean failed;

        RelayOutput(OutputStream out) {
            super(new BufferedOutputStream(out, BUFFER));
        }

        @Override
        public void write(int b) throws IOException {
            guarded(() -> out.write(b));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            guarded(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            guarded(out::flush);
        }

        private void guarded(Write write) throws IOException {
            failed = true;
            write.run();
            failed = false;
        }
    }

    private interface Write {
        void run() throws IOException;
    }
}
