package dev.postrider.delivery;

import dev.postrider.ledger.Ledger.Standing;
import dev.postrider.message.AddressedMessage;
import dev.postrider.smtp.RecipientReport;
import dev.postrider.smtp.TransactionReport;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.Submission;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has to be done for a request before it may be acknowledged.
 *
 * @param request empty when it could not be read
 * @param message empty when it could not be composed, or need not be
 * @param standing what the ledger knew of it
 * @param at when its dispositions were known
 * @param deferral for those who are to be tried again
 * @param deadLetter for those who are given up
 */
public record Settlement(
        Arrival arrival,
        Optional<Submission> request,
        Optional<AddressedMessage> message,
        Standing standing,
        Instant at,
        Optional<Deferral> deferral,
        Optional<DeadLetter> deadLetter) {

    /** The relay's word on each recipient; empty when it never came to a transaction. */
    public List<RecipientReport> reports() {
        return report().map(TransactionReport::recipients).orElse(List.of());
    }

    Optional<TransactionReport> report() {
        return message.flatMap(AddressedMessage::report);
    }

    /** It was settled before, and nobody is sent anything. */
    boolean isDuplicate() {
        return standing == Standing.SETTLED;
    }

    /** It comes in again later, and nothing was tried. */
    boolean isPutOff() {
        return standing == Standing.UNDER_WAY;
    }

    /** To be handed back. */
    Map<String, String> metadata() {
        return request.map(Submission::metadata).orElse(Map.of());
    }

    /** As it is called in the log. */
    String name() {
        return request.map(Submission::id).orElse(arrival.origin().name());
    }
}
