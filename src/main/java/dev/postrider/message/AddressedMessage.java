package dev.postrider.message;

import dev.postrider.submission.Envelope;
import dev.postrider.submission.Receipt;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;

/** A finished message with its envelope: what it is called, and whether it is still ours. */
public abstract sealed class AddressedMessage extends SignableMessage permits ComposedMessage, RawMessage {

    private final String id;
    private final String messageId;
    private final Envelope envelope;
    private final Receipt receipt;

    /** @param messageId with its angle brackets */
    AddressedMessage(Session session, String id, String messageId, Envelope envelope, Receipt receipt)
            throws MessagingException {
        super(session);
        this.id = id;
        this.messageId = messageId;
        this.envelope = envelope;
        this.receipt = receipt;
        // RFC 5321 §4.5.5: the null path. Angus takes "" as "not set" and would fall back to the From field.
        setEnvelopeFrom(envelope.reversePath().isEmpty() ? "<>" : envelope.reversePath());
    }

    @Override
    public String id() {
        return id;
    }

    /** The value of the Message-ID field, with its angle brackets. */
    public String messageId() {
        return messageId;
    }

    /** Domains are A-labels; a recipient that was there in both forms is there once. */
    @Override
    public Envelope envelope() {
        return envelope;
    }

    @Override
    public boolean begin() {
        return receipt.begin();
    }

    @Override
    public boolean mayBegin() {
        return receipt.mayBegin();
    }

    @Override
    public boolean awaitTurn() throws InterruptedException {
        return receipt.awaitTurn();
    }

    @Override
    public void pause() {
        receipt.pause();
    }
}
