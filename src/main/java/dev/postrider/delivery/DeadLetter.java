package dev.postrider.delivery;

import dev.postrider.smtp.RecipientReport;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.History;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that failed for good, with everything a person or a redrive needs to know.
 *
 * @param id of the request, as far as it could be read
 * @param reason in a word, for filters
 * @param detail in a sentence, for people
 * @param recipients the relay's word on those left over; empty when it never came to a transaction
 * @param history with those who are left, and the attempts that were made
 * @param metadata of the request, to be handed back, as far as it could be read
 */
public record DeadLetter(
        Arrival arrival,
        Optional<String> id,
        Reason reason,
        String detail,
        List<RecipientReport> recipients,
        History history,
        Map<String, String> metadata,
        Instant failedAt) {

    private static final int SHORT_DETAIL = 500;
    private static final int SHORT_RECIPIENTS = 20;
    private static final int SHORT_ATTEMPTS = 5;

    /** Why, in a word. */
    public enum Reason {
        /** The request itself is at fault: no try will ever succeed until someone mends it. */
        INVALID_REQUEST("invalid-request"),
        /** The relay refused it for good. */
        REFUSED("refused"),
        /** The relay put it off until its attempts or its time were used up, or its author wants it sent no more. */
        EXPIRED("expired"),
        /** The relay may have it. */
        UNKNOWN("unknown"),
        /** Another request of this id was relayed, with other content. */
        DUPLICATE_ID("duplicate-id"),
        /** It could not be deferred: with its history it does not fit into a retry topic. */
        TOO_LARGE("too-large"),
        /** A mistake of this program. */
        INTERNAL_ERROR("internal-error");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** Whether sending the same again can succeed. */
    public boolean retryable() {
        return switch (reason) {
            case INVALID_REQUEST, DUPLICATE_ID, REFUSED ->
                recipients.stream().anyMatch(recipient -> Disposition.of(recipient) != Disposition.FAILED);
            case EXPIRED -> !recipients.isEmpty(); // Without a transaction: its expiresAt has passed, for good.
            case UNKNOWN, TOO_LARGE, INTERNAL_ERROR -> true;
        };
    }

    /** The same with less to tell: the first recipients' replies, the last attempts, and the beginning of the detail. */
    DeadLetter shortened() {
        List<History.Attempt> attempts = history.attempts();
        return with(
                detail.length() <= SHORT_DETAIL ? detail : detail.substring(0, SHORT_DETAIL) + "…",
                recipients.subList(0, Math.min(SHORT_RECIPIENTS, recipients.size())),
                new History(
                        history.redrives(),
                        history.recipients(),
                        attempts.subList(Math.max(0, attempts.size() - SHORT_ATTEMPTS), attempts.size())));
    }

    /** Two for half of the recipients each: both can be redriven, each for its own. */
    List<DeadLetter> halves() {
        int middle = history.recipients().size() / 2;
        return List.of(
                only(history.recipients().subList(0, middle)),
                only(history.recipients().subList(middle, history.recipients().size())));
    }

    private DeadLetter only(List<String> some) {
        return with(
                detail,
                recipients.stream()
                        .filter(report -> some.contains(report.recipient()))
                        .toList(),
                new History(history.redrives(), some, history.attempts()));
    }

    private DeadLetter with(String detail, List<RecipientReport> recipients, History history) {
        return new DeadLetter(arrival, id, reason, detail, recipients, history, metadata, failedAt);
    }
}
