package dev.postrider.smtp;

import jakarta.mail.MessagingException;
import java.net.SocketException;
import java.time.Duration;

/**
 * A session with the relay, from the greeting to QUIT, with the transactions in between, one after the other. Used by one
 * thread at a time; the {@link SessionPool} hands it on.
 */
final class RelaySession {

    private static final Duration PATIENCE_WITH_QUIT = Duration.ofSeconds(2);

    private final long number;
    private final Dialogue dialogue;
    private final SmtpConfig config;
    private final RelayTrouble trouble;
    private int transactions;
    private boolean inOrder = true;
    private boolean idled;
    private boolean diedIdle;
    private Verdict verdict = Verdict.NOTHING;
    private long idleSince;

    RelaySession(long number, Dialogue dialogue, SmtpConfig config, RelayTrouble trouble) {
        this.number = number;
        this.dialogue = dialogue;
        this.config = config;
        this.trouble = trouble;
    }

    long number() {
        return number;
    }

    /**
     * Hands one message over.
     *
     * @return the relay's word on every recipient
     * @throws SessionLost when the connection broke, or the relay hung up before it had looked at the message
     * @throws RelayBroken when the relay wants an authentication we do not have
     * @throws UnreadableContent when the message itself could not be read to the end
     */
    TransactionReport transact(Outgoing message) throws SessionLost, RelayBroken, UnreadableContent {
        Transaction transaction = new Transaction(number, dialogue, trouble, message);
        transactions++;
        inOrder = false;
        verdict = Verdict.NOTHING;
        dialogue.deadlineIn(config.transactionDeadline());
        try {
            TransactionReport report = transaction.run();
            inOrder = transaction.inStep();
            return report;
        } catch (SessionLost e) {
            diedIdle = idled
                    && e.stage() == Stage.MAIL
                    && dialogue.abortedBecause().isEmpty();
            throw e;
        } finally {
            // A goodbye to a session that had idled is no complaint.
            verdict = diedIdle ? Verdict.NOTHING : transaction.verdict();
            dialogue.noDeadline();
        }
    }

    /** What the last transaction tells about how much the relay takes at once. */
    Verdict verdict() {
        return verdict;
    }

    /** Whether it may serve another transaction: the dialogue is in order and its time is not up. */
    boolean reusable() {
        return inOrder && transactions < config.pool().maxTransactions();
    }

    /** The relay had hung up while nobody used it, which the next transaction found out. */
    boolean diedIdle() {
        return diedIdle;
    }

    void idle() {
        idled = true;
        idleSince = System.nanoTime();
    }

    boolean idleFor(Duration age) {
        return System.nanoTime() - idleSince > age.toNanos();
    }

    /** NOOP: is anyone there? Asked with the patience of connecting, since a new session is the alternative. */
    boolean alive() {
        try {
            dialogue.replyWithin(config.connectTimeout());
            boolean alive = dialogue.say("NOOP").accepted();
            dialogue.replyWithin(config.readTimeout());
            return alive;
        } catch (MessagingException | SocketException e) {
            return false;
        }
    }

    /** QUIT (RFC 5321 §4.1.1.10), unless the dialogue is in doubt; whatever becomes of it changes no disposition. */
    void quit() {
        try {
            if (inOrder) {
                dialogue.replyWithin(PATIENCE_WITH_QUIT);
                dialogue.say("QUIT");
            }
        } catch (MessagingException | SocketException e) {
            inOrder = false;
        } finally {
            abort();
        }
    }

    /** Drops the connection without a word. */
    void abort() {
        dialogue.abort("given up");
    }
}
