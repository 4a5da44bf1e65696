package dev.postrider.smtp;

import dev.postrider.smtp.SessionPool.Lease;
import dev.postrider.submission.Expired;
import dev.postrider.submission.TakenOver;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Optional;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.jboss.logging.Logger;

/**
 * What Camel's {@code smtp} endpoint sends through instead of its own sender, which connects anew for every message:
 * takes an open session from the pool, waits while the line is stopped, and goes to another session when the connection
 * breaks before the relay can have the message. With a rate limit each message waits for its turn first. Thread-safe.
 */
public final class PooledMailSender extends DefaultJavaMailSender {

    private static final Logger LOG = Logger.getLogger(PooledMailSender.class);

    private final SmtpConfig config;
    private final Line line;
    private final RateLimit rate;
    private final SessionPool pool;

    PooledMailSender(SmtpConfig config, Line line, RateLimit rate, SessionPool pool) {
        this.config = config;
        this.line = line;
        this.rate = rate;
        this.pool = pool;
    }

    /**
     * Relays the message to every recipient of its envelope.
     *
     * @throws NotRelayed when the relay did not take it for all of them
     * @throws UnreadableContent when the message itself is at fault
     * @throws TakenOver when somebody else has to relay it by now
     * @throws Expired when its time passed while it waited
     * @throws ShuttingDown when we stop before it could be attempted
     */
    @Override
    public void send(MimeMessage mail) throws MessagingException {
        if (!(mail instanceof Outgoing message)) {
            throw new MessagingException("this sender relays messages with an envelope, not a " + mail.getClass());
        }
        try {
            TransactionReport report = relay(message);
            message.report(report);
            if (!report.complete()) {
                throw new NotRelayed(report);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ShuttingDown();
        }
    }

    private TransactionReport relay(Outgoing message) throws InterruptedException, UnreadableContent {
        if (line.stop().isPresent()) {
            LOG.infof("%s waits until the relay can be used", message.id());
        }
        line.awaitOpen(); // Turns taken while the line is stopped would all be used at the moment it opens.
        rate.await(line);
        for (int lost = 0; ; ) {
            awaitTurn(message);
            Lease lease = lease();
            RelaySession session = lease.session();
            try {
                if (!message.mayBegin()) {
                    continue; // Since it began to wait for a session, something cannot be stored.
                }
                if (!message.begin()) {
                    throw new TakenOver();
                }
                return session.transact(message, lost == 0 ? Manner.BOLD : Manner.ONE_BY_ONE);
            } catch (RelayBroken e) {
                message.pause();
                line.stopped(e.getMessage());
            } catch (SessionLost e) {
                if (session.diedIdle()) {
                    // Not this message's bad luck. Bounded by the sessions kept: each was released in good order.
                    LOG.debugf("session %d had ended while idle: %s", session.number(), e.getMessage());
                    continue;
                }
                if (e.isExcused()) {
                    LOG.debugf("session %d is given up: %s", session.number(), e.getMessage());
                    continue;
                }
                LOG.warnf(
                        "lost session %d at %s with %s: %s%s",
                        session.number(),
                        e.stage(),
                        message.id(),
                        e.getMessage(),
                        session.pipelines()
                                ? " (if that happens often without a cause in the relay's log, set"
                                        + " postrider.smtp.discard-ehlo-keywords=PIPELINING)"
                                : "");
                // RFC 5321 §4.1.1.4: after the final dot the relay may have taken the message. Whether it goes out
                // again
                // is then not a question of the connection, and not ours.
                if (e.stage() == Stage.FINAL_DOT || ++lost > config.lostConnectionRetries()) {
                    return e.report();
                }
            } finally {
                pool.release(lease);
            }
        }
    }

    /** While what becomes of messages cannot be stored none goes out: it would go out again after a restart. */
    private static void awaitTurn(Outgoing message) throws InterruptedException {
        if (!message.mayBegin()) {
            message.pause();
            if (!message.awaitTurn()) {
                throw new ShuttingDown();
            }
        }
    }

    /** Waits for the line and then for a session, as long as it takes; the prober sets the pace. */
    private Lease lease() throws InterruptedException {
        Optional<Lease> lease = Optional.empty();
        while (lease.isEmpty()) {
            line.awaitOpen();
            lease = pool.lease();
        }
        return lease.get();
    }
}
