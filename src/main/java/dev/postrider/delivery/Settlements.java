package dev.postrider.delivery;

import static java.util.stream.Collectors.groupingBy;

import dev.postrider.message.Uncomposable;
import dev.postrider.smtp.Outgoing;
import dev.postrider.smtp.RecipientReport;
import dev.postrider.smtp.TransactionReport;
import dev.postrider.smtp.UnreadableContent;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.History;
import dev.postrider.submission.InvalidRequest;
import dev.postrider.submission.SendRequest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

    Settlements(Schedule schedule, RetryConfig config, Dispositions dispositions) {
        this.schedule = schedule;
        this.config = config;
        this.dispositions = dispositions;
    }

    /**
     * The relay's word counts, whatever went wrong after it: what is relayed stays so.
     *
     * @param request null when it could not be read
     * @param message null when it could not be composed
     * @param failure null when there was none
     */
    public Settlement of(Arrival arrival, SendRequest request, Outgoing message, Exception failure) {
        Optional<TransactionReport> report = Optional.ofNullable(message).flatMap(Outgoing::report);
        Settlement settlement = report.isPresent()
                ? transacted(arrival, request, report.get())
                : failed(arrival, Optional.ofNullable(request), failure);
        dispositions.tell(settlement, report);
        return settlement;
    }

    private Settlement transacted(Arrival arrival, SendRequest request, TransactionReport report) {
        Instant now = Instant.now();
        List<RecipientReport> left = report.notRelayed();
        if (left.isEmpty()) {
            return new Settlement(
                    arrival, Optional.of(request), now, report.recipients(), Optional.empty(), Optional.empty());
        }
        Map<Boolean, List<RecipientReport>> again = left.stream().collect(groupingBy(r -> toBeTriedAgain(request, r)));
        List<RecipientReport> deferred = again.getOrDefault(true, List.of());
        List<RecipientReport> givenUp = new ArrayList<>(again.getOrDefault(false, List.of()));
        History history = arrival.history()
                .after(new History.Attempt(now, word(left.get(0))), addresses(deferred.isEmpty() ? left : deferred));
        Optional<Schedule.Next> next = deferred.isEmpty() ? Optional.empty() : schedule.after(history);
        if (next.isEmpty()) {
            givenUp.addAll(deferred);
        }
        return new Settlement(
                arrival,
                Optional.of(request),
                now,
                report.recipients(),
                next.map(due -> new Deferral(arrival, history, due)),
                givenUp.isEmpty()
                        ? Optional.empty()
                        : Optional.of(refused(arrival, request, history, givenUp, report, now)));
    }

    private boolean toBeTriedAgain(SendRequest request, RecipientReport recipient) {
        return switch (Disposition.of(recipient)) {
            case DEFERRED -> true;
            case UNKNOWN ->
                request.onUnknown().orElse(config.unknown().toString()).equals("retry");
            case RELAYED, FAILED -> false;
        };
    }

    private static DeadLetter refused(
            Arrival arrival,
            SendRequest request,
            History history,
            List<RecipientReport> givenUp,
            TransactionReport report,
            Instant now) {
        String detail = givenUp.size() + " of " + report.recipients().size() + " recipients not relayed: "
                + givenUp.get(0).reply() + " to " + givenUp.get(0).stage();
        return new DeadLetter(
                arrival,
                Optional.of(request.id()),
                reason(givenUp),
                detail,
                givenUp,
                new History(history.redrives(), addresses(givenUp), history.attempts()),
                now);
    }

    /** The one that leaves most hope: with mixed dispositions another try makes sense for some. */
    private static DeadLetter.Reason reason(List<RecipientReport> givenUp) {
        List<Disposition> all = givenUp.stream().map(Disposition::of).toList();
        if (all.contains(Disposition.UNKNOWN)) {
            return DeadLetter.Reason.UNKNOWN;
        }
        return all.contains(Disposition.FAILED) ? DeadLetter.Reason.REFUSED : DeadLetter.Reason.EXPIRED;
    }

    private static Settlement failed(Arrival arrival, Optional<SendRequest> request, Exception failure) {
        Instant now = Instant.now();
        boolean theirs = failure instanceof InvalidRequest
                || failure instanceof Uncomposable
                || failure instanceof UnreadableContent;
        if (!theirs) {
            LOG.errorf(failure, "a mistake of ours with %s", arrival.origin().name());
        }
        DeadLetter letter = new DeadLetter(
                arrival,
                request.map(SendRequest::id),
                theirs ? DeadLetter.Reason.INVALID_REQUEST : DeadLetter.Reason.INTERNAL_ERROR,
                theirs ? failure.getMessage() : firstLines(failure),
                List.of(),
                arrival.history(),
                now);
        return new Settlement(arrival, request, now, List.of(), Optional.empty(), Optional.of(letter));
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
