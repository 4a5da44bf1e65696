package dev.postrider.smtp;

import dev.postrider.submission.Envelope;
import java.util.HashMap;
import java.util.Map;

/** What has been decided about the recipients of one transaction so far, each by the first reply that did. */
final class Decisions {

    private final Envelope envelope;
    private final Map<String, RecipientReport> decided = new HashMap<>();

    Decisions(Envelope envelope) {
        this.envelope = envelope;
    }

    void decide(String recipient, Stage stage, Reply reply) {
        decided.putIfAbsent(recipient, new RecipientReport(recipient, stage, reply));
    }

    void decideRest(Stage stage, Reply reply) {
        envelope.recipients().forEach(recipient -> decide(recipient, stage, reply));
    }

    /** Whether there is nobody left to relay the message to. */
    boolean complete() {
        return decided.keySet().containsAll(envelope.recipients());
    }

    /** Of all recipients, in the order of the envelope; to be asked for when all are decided. */
    TransactionReport report(long session) {
        return new TransactionReport(
                session, envelope.recipients().stream().map(decided::get).toList());
    }
}
