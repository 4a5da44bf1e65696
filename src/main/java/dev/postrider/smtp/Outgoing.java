package dev.postrider.smtp;

import dev.postrider.submission.Dsn;
import dev.postrider.submission.Envelope;
import dev.postrider.submission.Expired;
import jakarta.mail.Session;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/**
 * A message ready for the relay, with its envelope, and afterwards with the relay's word on it: Camel's mail component
 * carries nothing else from the sender back to the route.
 */
public abstract class Outgoing extends SMTPMessage {

    private volatile TransactionReport report;

    protected Outgoing(Session session) {
        super(session);
    }

    /** The id of the send request. */
    public abstract String id();

    /** What MAIL and RCPT carry; the header fields are not asked. */
    public abstract Envelope envelope();

    /** Whether octets with their highest bit set are in it, which a relay takes only as 8BITMIME (RFC 6152). */
    public boolean eightBit() {
        return false;
    }

    /**
     * The same for a relay that does not offer SMTPUTF8 (RFC 6531): itself, unless its header section is in UTF-8 and could be
     * written in ASCII.
     */
    public Outgoing inAscii() {
        return this;
    }

    /** A field of the header section that only UTF-8 can write, so that no relay without SMTPUTF8 can have the message. */
    public Optional<String> onlyInUtf8() {
        return Optional.empty();
    }

    /** The reports on the delivery that are asked for. */
    public Optional<Dsn> dsn() {
        return Optional.empty();
    }

    /**
     * Asked last thing before the transaction: false when it is no longer for us to relay.
     *
     * @throws Expired when it is for nobody any more
     */
    public boolean begin() {
        return true;
    }

    /** Whether it may begin now: not while what becomes of it could not be stored. */
    public boolean mayBegin() {
        return true;
    }

    /**
     * Waits until it may begin.
     *
     * @return false when Postrider stops before that
     */
    public boolean awaitTurn() throws InterruptedException {
        return true;
    }

    /** What has begun came to nothing so far, and waits to begin again. */
    public void pause() {}

    /** The relay's word; empty until it was asked. */
    public Optional<TransactionReport> report() {
        return Optional.ofNullable(report);
    }

    void report(TransactionReport report) {
        this.report = report;
    }
}
