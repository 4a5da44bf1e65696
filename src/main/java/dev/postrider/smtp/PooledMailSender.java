package dev.postrider.smtp;

import dev.postrider.submission.Expired;
import dev.postrider.submission.TakenOver;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.apache.camel.component.mail.DefaultJavaMailSender;

/**
 * What Camel's {@code smtp} endpoint sends through instead of its own sender, which connects anew for every message:
 * takes an open session from the pool, waits while the line is stopped, and goes to another session when the connection
 * breaks before the relay can have the message. With a rate limit each message waits for its turn first. Thread-safe.
 */
public final class PooledMailSender extends DefaultJavaMailSender {

    private final SmtpConfig config;
    private final Line line;
    private final RateLimit rate;
    private final SessionPool pool;
    private final ClientRefusals refusals = new ClientRefusals(System::nanoTime);

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
            TransactionReport report = new RelayAttempt(message, config, line, rate, pool, refusals).run();
            message.report(report);
            if (!report.complete()) {
                throw new NotRelayed(report);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ShuttingDown();
        }
    }
}
