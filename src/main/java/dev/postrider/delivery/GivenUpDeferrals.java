package dev.postrider.delivery;

import dev.postrider.smtp.RecipientReport;
import dev.postrider.submission.History;
import dev.postrider.submission.Submission;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Gives up recipients who were to be tried again when that cannot be noted: with its history the record is larger than a
 * retry topic takes. They were told to be deferred; now they are told to have failed, and stand in a dead letter. Thread-safe.
 */
@Singleton
class GivenUpDeferrals {

    private final Teller teller;
    private final DeadLetterTopic deadLetters;
    private final Dispositions dispositions;

    GivenUpDeferrals(Teller teller, DeadLetterTopic deadLetters, Dispositions dispositions) {
        this.teller = teller;
        this.deadLetters = deadLetters;
        this.dispositions = dispositions;
    }

    /** Returns when outcomes and dead letter are stored. */
    void tooLarge(Settlement settlement, String topic) {
        Settlement givenUp = givenUp(settlement, topic);
        dispositions.deadLettered(givenUp.name(), givenUp.deadLetter().orElseThrow());
        teller.tellGivenUp(givenUp);
        deadLetters.store(givenUp);
    }

    private static Settlement givenUp(Settlement settlement, String topic) {
        History history = settlement.deferral().orElseThrow().history();
        List<RecipientReport> left = settlement.reports().stream()
                .filter(report -> !report.relayed() && history.recipients().contains(report.recipient()))
                .toList();
        String detail = "too large for the topic " + topic + ": raise its max.message.bytes"
                + history.lastAttempt()
                        .map(last -> "; deferred because of " + last.reply())
                        .orElse("");
        DeadLetter letter = new DeadLetter(
                settlement.arrival(),
                settlement.request().map(Submission::id),
                DeadLetter.Reason.TOO_LARGE,
                detail,
                left,
                history,
                settlement.metadata(),
                settlement.at());
        return new Settlement(
                settlement.arrival(),
                settlement.request(),
                settlement.message(),
                settlement.standing(),
                settlement.at(),
                Optional.empty(),
                Optional.of(letter));
    }
}
