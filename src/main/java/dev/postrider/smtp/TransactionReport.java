package dev.postrider.smtp;

import java.util.List;
import java.util.function.Predicate;

/**
 * The relay's word on every recipient of one transaction.
 *
 * @param session number of the session, as in the log
 * @param recipients in the order of the envelope
 */
public record TransactionReport(long session, List<RecipientReport> recipients) {

    public TransactionReport {
        recipients = List.copyOf(recipients);
    }

    /** True when no recipient is left over. */
    public boolean complete() {
        return recipients.stream().allMatch(RecipientReport::relayed);
    }

    public List<RecipientReport> relayed() {
        return recipients.stream().filter(RecipientReport::relayed).toList();
    }

    public List<RecipientReport> notRelayed() {
        return recipients.stream()
                .filter(Predicate.not(RecipientReport::relayed))
                .toList();
    }
}
