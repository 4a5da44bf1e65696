package dev.postrider.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Optional;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.jboss.logging.Logger;

/**
 * What Camel's {@code smtp} endpoint sends through instead of its own sender, which connects anew for every message:
 * takes an open session from the pool, waits while the line is stopped, and goes to another session when the connection
 * breaks. Thread-safe.
 */
public final class PooledMailSender extends DefaultJavaMailSender {

    private static final Logger LOG = Logger.getLogger(PooledMailSender.class);

    private final SmtpConfig config;
    private final Line line;
    private final SessionPool pool;

    PooledMailSender(SmtpConfig config, Line line, SessionPool pool) {
        this.config = config;
        this.line = line;
        this.pool = pool;
    }

    /**
     * Relays the message to every recipient of its envelope.
     *
     * @throws NotRelayed when the relay did not take it for all of them
     * @throws UnreadableContent when the message itself is at fault
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
        Optional<SessionLost> doubtful = Optional.empty();
        for (int lost = 0; ; ) {
            line.awaitOpen();
            RelaySession session;
            try {
                session = pool.lease();
            } catch (RelayBroken e) {
                line.stopped(e.getMessage());
                continue;
            }
            try {
                return session.transact(message);
            } catch (RelayBroken e) {
                line.stopped(e.getMessage());
            } catch (SessionLost e) {
                LOG.warnf("lost session %d at %s with %s: %s", session.number(), e.stage(), message.id(), e.getMessage());
                if (e.stage() == Stage.FINAL_DOT) {
                    doubtful = Optional.of(e);
                }
                if (++lost > config.lostConnectionRetries()) {
                    return lost(message, session, doubtful.orElse(e));
                }
            } finally {
                pool.release(session);
            }
        }
    }

    /** No reply decided. If one of the tries broke after the final dot, the recipients may have the message. */
    private static TransactionReport lost(Outgoing message, RelaySession session, SessionLost last) {
        Reply none = new Reply(0, Optional.empty(), last.getMessage());
        List<RecipientReport> reports = message.envelope().recipients().stream()
                .map(recipient -> new RecipientReport(recipient, last.stage(), none))
                .toList();
        return new TransactionReport(session.number(), reports);
    }
}
