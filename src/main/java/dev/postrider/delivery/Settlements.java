package dev.postrider.delivery;

import static java.util.stream.Collectors.groupingBy;

import dev.postrider.ledger.Ledger.Standing;
import dev.postrider.message.AddressedMessage;
import dev.postrider.message.Uncomposable;
import dev.postrider.process.FatalErrors;
import dev.postrider.smtp.RecipientReport;
import dev.postrider.smtp.TransactionReport;
import dev.postrider.smtp.UnreadableContent;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.Expired;
import dev.postrider.submission.History;
import dev.postrider.submission.Identity;
import dev.postrider.submission.InvalidRequest;
import dev.postrider.submission.Submission;
import dev.postrider.submission.TakenOver;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jboss.logging.Logger;

/** Says what has to be done for a request, of the relay's word on its recipients or of what went wrong before. */
@Singleton
@Named("settlements")
@RegisterForReflection
public class Settlements {

    private static final Logger LOG = Logger.getLogger(Settlements.class);
    private static final int STACK_LINES = 5;

    private final Schedule schedule;
    private final RetryConfig config;
    private final Dispositions dispositions;
    private final Clock clock;

    /** @param clock the schedule's: a request is as old as one clock says, not two */
    Settlements(Schedule schedule, RetryConfig config, Dispositions dispositions, Clock clock) {
        this.schedule = schedule;
        this.config = config;
        this.dispositions = dispositions;
        this.clock = clock;
    }

    /**
     * The relay's word counts, whatever went wrong after it: what is relayed stays so.
     *
     * @param request null when it could not be read
     * @param standing null when the ledger was not asked
     * @param message null when it could not be composed
     * @param failure null when there was none; as it was thrown, while {@code @ExchangeException} would be its deepest cause
     * @throws TakenOver when nothing was relayed yet, and it is for somebody else to do that
     */
    public Settlement of(
            @Variable("arrival") Arrival arrival,
            @Variable("request") Submission request,
            @Variable("standing") Standing standing,
            @Variable("message") AddressedMessage message,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        FatalErrors.check(failure); // Camel wraps what is no exception. Out of memory is not the request's fault.
        boolean relayed = message != null && message.report().isPresent();
        if (!relayed && !arrival.receipt().begin()) {
            throw new TakenOver();
        }
        Settlement open = new Settlement(
                arrival,
                Optional.ofNullable(request),
                Optional.ofNullable(message),
                Optional.ofNullable(standing).orElse(Standing.NEW),
                clock.instant(),
                Optional.empty(),
                Optional.empty());
        Settlement settlement;
        try {
            settlement = decide(open, failure);
        } catch (RuntimeException e) {
            settlement = undecided(open, e);
        }
        dispositions.tell(settlement);
        return settlement;
    }

    /** Deciding failed: nothing is decided anew, which would fail again. Whoever is left is in a dead letter, as things stand. */
    private static Settlement undecided(Settlement open, RuntimeException failure) {
        LOG.errorf(
                failure,
                "a mistake of ours in settling %s",
                open.arrival().origin().name());
        History history = open.arrival().history();
        List<RecipientReport> left =
                open.report().map(TransactionReport::notRelayed).orElse(List.of());
        DeadLetter letter = new DeadLetter(
                open.arrival(),
                open.request().map(Submission::id),
                DeadLetter.Reason.INTERNAL_ERROR,
                firstLines(failure),
                left,
                left.isEmpty() ? history : new History(history.redrives(), addresses(left), history.attempts()),
                open.metadata(),
                open.at());
        return settled(open, Optional.empty(), Optional.of(letter));
    }

    private Settlement decide(Settlement open, Exception failure) {
        if (open.report().isPresent()) {
            return transacted(open, open.request().orElseThrow(), open.report().get());
        }
        return switch (open.standing()) {
            case SETTLED -> open;
            case OTHER_CONTENT ->
                deadLettered(
                        open,
                        DeadLetter.Reason.DUPLICATE_ID,
                        "another request with this id was relayed lately, and its content was not the same");
            case UNDER_WAY -> settled(open, Optional.of(schedule.putOff(open.arrival())), Optional.empty());
            case NEW -> failed(open, failure);
        };
    }

    private Settlement transacted(Settlement open, Submission request, TransactionReport report) {
        List<RecipientReport> left = report.notRelayed();
        if (left.isEmpty()) {
            return open;
        }
        Map<Boolean, List<RecipientReport>> again = left.stream().collect(groupingBy(r -> toBeTriedAgain(request, r)));
        List<RecipientReport> deferred = again.getOrDefault(true, List.of());
        List<RecipientReport> givenUp = new ArrayList<>(again.getOrDefault(false, List.of()));
        List<RecipientReport> still = deferred.isEmpty() ? left : deferred;
        // RFC 5321 §4.5.3.1.10: recipients that the relay had no room for in this message have not been tried.
        boolean counts = deferred.size() == report.recipients().size()
                || !deferred.stream().allMatch(RecipientReport::leftOver);
        History history = open.arrival()
                .history()
                .after(new History.Attempt(open.at(), word(still.get(0)), counts), addresses(still));
        Optional<Schedule.Next> scheduled = deferred.isEmpty() ? Optional.empty() : schedule.after(history);
        Optional<Schedule.Next> next = scheduled.filter(due -> !request.window().isOverAt(due.due()));
        if (next.isEmpty()) {
            givenUp.addAll(deferred);
        }
        String tooLate = scheduled.isPresent() && next.isEmpty()
                ? "; the next attempt would be after expiresAt "
                        + request.window().expiresAt().orElseThrow()
                : "";
        return settled(
                open,
                next.map(due -> new Deferral(open.arrival(), history, due)),
                givenUp.isEmpty() ? Optional.empty() : Optional.of(letter(open, history, givenUp, tooLate)));
    }

    private boolean toBeTriedAgain(Submission request, RecipientReport recipient) {
        return switch (Disposition.of(recipient)) {
            case DEFERRED -> true;
            case UNKNOWN ->
                request.onUnknown().orElse(config.unknown().toString()).equals("retry");
            case RELAYED, FAILED -> false;
        };
    }

    private static DeadLetter letter(Settlement open, History history, List<RecipientReport> givenUp, String tooLate) {
        String detail = givenUp.size() + " of " + open.reports().size() + " recipients not relayed: "
                + givenUp.get(0).reply() + " to " + givenUp.get(0).stage() + tooLate;
        return new DeadLetter(
                open.arrival(),
                open.request().map(Submission::id),
                reason(givenUp),
                detail,
                givenUp,
                new History(history.redrives(), addresses(givenUp), history.attempts()),
                open.metadata(),
                open.at());
    }

    /** The one that leaves most hope: with mixed dispositions another try makes sense for some. */
    private static DeadLetter.Reason reason(List<RecipientReport> givenUp) {
        List<Disposition> all = givenUp.stream().map(Disposition::of).toList();
        if (all.contains(Disposition.UNKNOWN)) {
            return DeadLetter.Reason.UNKNOWN;
        }
        return all.contains(Disposition.FAILED) ? DeadLetter.Reason.REFUSED : DeadLetter.Reason.EXPIRED;
    }

    private static Settlement failed(Settlement open, Exception failure) {
        if (failure instanceof Expired) {
            return deadLettered(open, DeadLetter.Reason.EXPIRED, failure.getMessage());
        }
        if (open.request().isEmpty() && failure instanceof InvalidRequest invalid) {
            return deadLettered(open, invalid.identity(), DeadLetter.Reason.INVALID_REQUEST, failure.getMessage());
        }
        boolean theirs = failure instanceof InvalidRequest
                || failure instanceof Uncomposable
                || failure instanceof UnreadableContent;
        if (theirs) {
            return deadLettered(open, DeadLetter.Reason.INVALID_REQUEST, failure.getMessage());
        }
        LOG.errorf(failure, "a mistake of ours with %s", open.arrival().origin().name());
        return deadLettered(open, DeadLetter.Reason.INTERNAL_ERROR, firstLines(failure));
    }

    private static Settlement deadLettered(Settlement open, DeadLetter.Reason reason, String detail) {
        return deadLettered(open, new Identity(open.request().map(Submission::id), open.metadata()), reason, detail);
    }

    private static Settlement deadLettered(
            Settlement open, Identity identity, DeadLetter.Reason reason, String detail) {
        DeadLetter letter = new DeadLetter(
                open.arrival(),
                identity.id(),
                reason,
                detail,
                List.of(),
                open.arrival().history(),
                identity.metadata(),
                open.at());
        return settled(open, Optional.empty(), Optional.of(letter));
    }

    private static Settlement settled(Settlement open, Optional<Deferral> deferral, Optional<DeadLetter> letter) {
        return new Settlement(
                open.arrival(), open.request(), open.message(), open.standing(), open.at(), deferral, letter);
    }

    private static String firstLines(Exception failure) {
        return failure
                + Arrays.stream(failure.getStackTrace())
                        .limit(STACK_LINES)
                        .map(line -> " at " + line)
                        .collect(Collectors.joining());
    }

    private static List<String> addresses(List<RecipientReport> recipients) {
        return recipients.stream().map(RecipientReport::recipient).toList();
    }

    private static String word(RecipientReport recipient) {
        return recipient.lost() ? recipient.reply().text() : recipient.reply().toString();
    }
}
