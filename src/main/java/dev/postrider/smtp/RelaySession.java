package dev.postrider.smtp;

import dev.postrider.submission.Envelope;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A session with the relay, from the greeting to QUIT, with the transactions in between, one after the other. Used by one
 * thread at a time; the {@link SessionPool} hands it on.
 */
final class RelaySession {

    static final Duration PATIENCE_WITH_QUIT = Duration.ofSeconds(2);

    /** Idle for so long, the relay may have closed it meanwhile: looked at before it is used. */
    private static final Duration A_MOMENT = Duration.ofMillis(50);

    /** A relay that ends a session sooner does so because of the messages it has served. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private Channel channel;
    private final Exchange exchange;
    private final SmtpConfig config;
    // Well before one would ask whether it is still there, the relay may be about to close it.
    private final Duration aWhile;
    private final long opened = System.nanoTime();
    private int transactions;
    private boolean inOrder = true;
    private boolean idled;
    private boolean diedIdle;
    private Verdict verdict = Verdict.NOTHING;
    private long idleSince;

    RelaySession(Channel channel, SmtpConfig config) {
        this.channel = channel;
        this.exchange = channel.exchange();
        this.config = config;
        this.aWhile = config.pool().probeAfter().dividedBy(5);
    }

    long number() {
        return channel.number();
    }

    /**
     * What the relay says to this envelope. No message follows.
     *
     * @param recipient empty: it is asked for the reverse-path only
     * @throws IOException when it cannot be asked over this session any more
     */
    Reply ask(String reversePath, Optional<String> recipient) throws IOException {
        if (!inOrder) {
            throw new IOException("out of step");
        }
        inOrder = false;
        channel.exchange().deadlineIn(config.openTimeout());
        Reply word = sayForAsking("MAIL FROM:<" + reversePath + ">");
        if (word.accepted()) {
            if (recipient.isPresent()) {
                word = sayForAsking("RCPT TO:<" + recipient.get() + ">");
            }
            inOrder = sayForAsking("RSET").accepted();
        } else {
            inOrder = true;
        }
        channel.exchange().noDeadline();
        return word;
    }

    private Reply sayForAsking(String command) throws IOException {
        Reply reply = exchange.say(command);
        if (reply.code() == 421) {
            throw new IOException(reply.toString());
        }
        return reply;
    }

    /** What a person can do about a refusal that is about us. */
    String adviceOn(Reply refusal) {
        return channel.trouble().accessDenied(refusal).getMessage();
    }

    /** How many recipients the relay takes for one message, as far as is known. */
    int mostRecipients() {
        return channel.trust().mostRecipients();
    }

    /** Whether commands are sent together over it. */
    boolean pipelines() {
        return channel.offer().pipelining();
    }

    /**
     * Finds out whether content may go in chunks; else it goes by DATA. To be called once, before the first message.
     *
     * @throws IOException when the relay broke the session off instead
     */
    void tryChunking() throws IOException {
        if (!channel.offer().chunking()) {
            return;
        }
        Optional<String> fault = Optional.empty();
        boolean tried = channel.trust().mayTryChunking();
        if (tried) {
            exchange.deadlineIn(config.openTimeout());
            fault = new ChunkingProbe(exchange, channel.offer().pipelining()).fault();
            exchange.noDeadline();
        }
        fault.ifPresent(channel.trust()::chunkingBroken);
        if (!tried || fault.isPresent()) {
            channel = channel.withoutChunking();
        }
    }

    /** The relay breaks every session off in which that is tried. */
    void concludeNoChunking(String how) {
        channel.trust().chunkingBroken(how);
    }

    /**
     * Hands one message over.
     *
     * @param envelope the message's own, or with some of its recipients only
     * @return the relay's word on every recipient
     * @throws SessionLost when the connection broke, or the relay hung up before it had looked at the message
     * @throws UnreadableContent when the message itself could not be read to the end
     */
    TransactionReport transact(Outgoing message, Envelope envelope, Manner manner)
            throws SessionLost, UnreadableContent {
        Transaction transaction = new Transaction(channel, message, envelope, boldness(manner));
        Course course = transaction.course();
        int served = transactions++;
        boolean atOnce = idled && served > 0 && !idleFor(AT_ONCE);
        inOrder = false;
        verdict = Verdict.NOTHING;
        channel.exchange().deadlineIn(config.transactionDeadline());
        try {
            requireQuiet(transaction);
            TransactionReport report = transaction.run();
            inOrder = course.inStep();
            channel.trust().learnFrom(report);
            if (atOnce && course.answered()) {
                channel.trust().keptSessionAfter(served);
            }
            return report;
        } catch (UnreadableContent e) {
            inOrder = course.inStep();
            throw e;
        } catch (SessionLost e) {
            diedIdle = idled
                    && (e.stage() == Stage.MAIL || (e.stage() == Stage.CONTENT && !course.answered()))
                    && channel.exchange().abortedBecause().isEmpty();
            if (atOnce
                    && !course.answered()
                    && channel.exchange().abortedBecause().isEmpty()) {
                channel.trust().endedSessionAfter(served);
            }
            throw e;
        } finally {
            // A goodbye to a session that had idled is no complaint.
            verdict = diedIdle ? Verdict.NOTHING : course.verdict();
            channel.exchange().noDeadline();
        }
    }

    private Manner boldness(Manner wanted) {
        boolean mayHaveEnded = idled && (idleFor(aWhile) || !channel.trust().keepsSessionsAfter(transactions));
        return wanted == Manner.BOLD && mayHaveEnded ? Manner.ENVELOPE_FIRST : wanted;
    }

    /** What has come unasked is a goodbye, or answers something else. */
    private void requireQuiet(Transaction transaction) throws SessionLost {
        boolean quiet = !exchange.saidMore();
        if (quiet && idled && (idleFor(A_MOMENT) || channel.exchange().pending())) {
            quiet = exchange.quiet();
        }
        if (!quiet) {
            throw transaction.neverBegun("the relay had ended the session");
        }
    }

    /** What the last transaction tells about how much the relay takes at once. */
    Verdict verdict() {
        return verdict;
    }

    /** Whether it may serve another transaction: the dialogue is in order and its time is not up. */
    boolean reusable() {
        return inOrder && transactions < config.pool().maxTransactions() && !old();
    }

    /** Why it may not. */
    SessionEnd end() {
        if (!inOrder) {
            return diedIdle ? SessionEnd.HUNG_UP : SessionEnd.BROKEN;
        }
        return old() ? SessionEnd.AGE : SessionEnd.TRANSACTIONS;
    }

    private boolean old() {
        return System.nanoTime() - opened > config.pool().maxAge().toNanos();
    }

    /** The relay had hung up while nobody used it, which the next transaction found out. */
    boolean diedIdle() {
        return diedIdle;
    }

    void idle() {
        idled = true;
        verdict = Verdict.NOTHING; // Told already: whoever leases this session next may have no transaction with it.
        idleSince = System.nanoTime();
    }

    boolean idleFor(Duration age) {
        return System.nanoTime() - idleSince > age.toNanos();
    }

    /** NOOP: is anyone there? Asked with the patience of connecting, since a new session is the alternative. */
    boolean alive() {
        try {
            boolean alive = exchange.ask("NOOP").accepted();
            idleSince = System.nanoTime();
            return alive;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether both sides agree that the next thing said is a command. */
    boolean inOrder() {
        return inOrder;
    }

    /** QUIT (RFC 5321 §4.1.1.10), unless the dialogue is in doubt; whatever becomes of it changes no disposition. */
    void quit() {
        try {
            if (inOrder) {
                exchange.answerWithin(PATIENCE_WITH_QUIT);
                exchange.ask("QUIT");
            }
        } catch (IOException e) {
            inOrder = false;
        } finally {
            abort();
        }
    }

    /** Drops the connection without a word. */
    void abort() {
        channel.exchange().abort("given up");
    }
}
