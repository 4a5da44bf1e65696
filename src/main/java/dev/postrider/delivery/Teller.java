package dev.postrider.delivery;

import dev.postrider.message.AddressedMessage;
import dev.postrider.outcome.Attempt;
import dev.postrider.outcome.Outcome;
import dev.postrider.outcome.Outcomes;
import dev.postrider.outcome.RelayWord;
import dev.postrider.smtp.RecipientReport;
import dev.postrider.smtp.SmtpConfig;
import dev.postrider.submission.Origin.TopicRecord;
import dev.postrider.submission.Submission;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells what became of each recipient in this attempt. Thread-safe. */
@Singleton
@Named("teller")
@RegisterForReflection
public class Teller {

    private final Outcomes outcomes;
    private final UntilStored untilStored;
    private final String relay;

    Teller(Outcomes outcomes, UntilStored untilStored, SmtpConfig config) {
        this.outcomes = outcomes;
        this.untilStored = untilStored;
        this.relay = config.host() + ":" + config.port();
    }

    /**
     * Ends when all of it is stored. What is left to do then for a record that everybody got is little, and goes on in the
     * thread of whoever has stored it; for any other it is more storing, and goes on in this one, which waits.
     */
    public CompletionStage<Settlement> tell(Settlement settlement) {
        boolean toldBefore = settlement.isDuplicate()
                && !settlement.arrival().history().attempts().isEmpty();
        if (toldBefore || settlement.isPutOff()) {
            // A crash came between storing and acknowledging a retry; nobody has asked for this one. Or there is
            // nothing to tell
            // yet.
            return CompletableFuture.completedFuture(settlement);
        }
        List<Outcome> told = settlement.reports().isEmpty()
                ? untried(settlement)
                : settlement.reports().stream()
                        .map(report -> of(settlement, report))
                        .toList();
        CompletableFuture<Settlement> stored = untilStored
                .begin("tell the outcome of " + settlement.name(), () -> outcomes.store(told))
                .thenApply(nothing -> settlement);
        return isDone(settlement) ? stored : UntilStored.awaited(stored);
    }

    /** Of those in its dead letter alone, who had been told to be deferred. Returns when it is stored. */
    void tellGivenUp(Settlement settlement) {
        List<RecipientReport> givenUp = settlement.deadLetter().orElseThrow().recipients();
        List<Outcome> told = givenUp.isEmpty()
                ? untried(settlement)
                : givenUp.stream().map(report -> of(settlement, report)).toList();
        untilStored.store(
                "tell that " + settlement.name() + " is given up", () -> UntilStored.await(outcomes.store(told)));
    }

    private static boolean isDone(Settlement settlement) {
        return settlement.deferral().isEmpty()
                && settlement.deadLetter().isEmpty()
                && settlement.arrival().origin() instanceof TopicRecord;
    }

    private Outcome of(Settlement settlement, RecipientReport report) {
        Optional<Deferral> deferral =
                settlement.deferral().filter(d -> d.history().recipients().contains(report.recipient()));
        Optional<DeadLetter> letter =
                settlement.deadLetter().filter(d -> d.recipients().contains(report));
        boolean givenUp = letter.isPresent() && Disposition.of(report) == Disposition.DEFERRED;
        boolean expired = givenUp && letter.get().reason() != DeadLetter.Reason.TOO_LARGE;
        String id = settlement.request().orElseThrow().id();
        return new Outcome(
                id,
                settlement.arrival().uniqueId(id),
                Optional.of(report.recipient()),
                (givenUp ? Disposition.FAILED : Disposition.of(report)).toString(),
                attempt(
                        settlement,
                        settlement.arrival().history().nextAttempt(),
                        deferral.map(d -> d.next().due())),
                Optional.of(new RelayWord(
                        report.stage().toString(),
                        report.reply().code(),
                        report.reply().enhancedCode(),
                        report.reply().text())),
                letter.map(l -> (expired ? DeadLetter.Reason.EXPIRED : l.reason()).toString()),
                Optional.empty(),
                settlement.message().map(AddressedMessage::messageId),
                settlement.arrival().origin().name(),
                settlement.metadata());
    }

    /** It never came to a transaction: one for the request as a whole, or for each who is left where others have it. */
    private List<Outcome> untried(Settlement settlement) {
        List<String> left = settlement
                .deadLetter()
                .map(letter -> letter.history().recipients())
                .orElse(List.of());
        return left.isEmpty()
                ? List.of(untried(settlement, Optional.empty()))
                : left.stream()
                        .map(recipient -> untried(settlement, Optional.of(recipient)))
                        .toList();
    }

    private Outcome untried(Settlement settlement, Optional<String> recipient) {
        Optional<DeadLetter> letter = settlement.deadLetter();
        String id = settlement
                .request()
                .map(Submission::id)
                .or(() -> letter.flatMap(DeadLetter::id))
                .orElseGet(() -> settlement.arrival().defaultId());
        return new Outcome(
                id,
                settlement.arrival().uniqueId(id),
                recipient,
                settlement.isDuplicate() ? "duplicate" : Disposition.FAILED.toString(),
                attempt(settlement, 0, Optional.empty()),
                Optional.empty(),
                letter.map(l -> l.reason().toString()),
                letter.map(DeadLetter::detail),
                Optional.empty(),
                settlement.arrival().origin().name(),
                letter.map(DeadLetter::metadata).orElseGet(settlement::metadata));
    }

    private Attempt attempt(Settlement settlement, int number, Optional<Instant> next) {
        return new Attempt(settlement.arrival().history().redrives(), number, settlement.at(), relay, next);
    }
}
