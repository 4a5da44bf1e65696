package dev.postrider.delivery;

import dev.postrider.message.Uncomposable;
import dev.postrider.smtp.NotRelayed;
import dev.postrider.smtp.RecipientReport;
import dev.postrider.smtp.UnreadableContent;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.InvalidRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Makes a dead letter of a request and what went wrong with it. */
@Singleton
@Named("deadLetters")
@RegisterForReflection
public class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int STACK_LINES = 5;

    private final Dispositions dispositions;
    private final MeterRegistry meters;

    DeadLetters(Dispositions dispositions, MeterRegistry meters) {
        this.dispositions = dispositions;
        this.meters = meters;
    }

    /** @param id of the request; null when it could not be read */
    public DeadLetter of(Arrival arrival, String id, Exception failure) {
        DeadLetter letter = describe(arrival, Optional.ofNullable(id), failure);
        meters.counter("postrider.dead.letters", "reason", letter.reason().toString())
                .increment();
        LOG.warnf(
                "dead-lettered %s: %s: %s",
                letter.id().orElse(arrival.origin().name()),
                letter.reason(),
                letter.detail().replace(arrival.origin().name() + ": ", ""));
        return letter;
    }

    private DeadLetter describe(Arrival arrival, Optional<String> id, Exception failure) {
        Instant now = Instant.now();
        if (failure instanceof NotRelayed refused) {
            dispositions.count(refused.report());
            List<RecipientReport> left = refused.report().notRelayed();
            String detail = left.size() + " of " + refused.report().recipients().size() + " recipients not relayed: "
                    + left.get(0).reply() + " to " + left.get(0).stage();
            return new DeadLetter(arrival, id, reason(left), detail, left, now);
        }
        if (failure instanceof InvalidRequest
                || failure instanceof Uncomposable
                || failure instanceof UnreadableContent) {
            return new DeadLetter(arrival, id, DeadLetter.Reason.INVALID_REQUEST, failure.getMessage(), List.of(), now);
        }
        LOG.errorf(failure, "a mistake of ours with %s", arrival.origin().name());
        return new DeadLetter(arrival, id, DeadLetter.Reason.INTERNAL_ERROR, firstLines(failure), List.of(), now);
    }

    /** The one that leaves most hope: with mixed dispositions another try makes sense for some. */
    private static DeadLetter.Reason reason(List<RecipientReport> left) {
        Set<Disposition> all = left.stream().map(Disposition::of).collect(Collectors.toSet());
        if (all.contains(Disposition.UNKNOWN)) {
            return DeadLetter.Reason.UNKNOWN;
        }
        return all.contains(Disposition.FAILED) ? DeadLetter.Reason.REFUSED : DeadLetter.Reason.DEFERRED;
    }

    private static String firstLines(Exception failure) {
        return failure
                + Arrays.stream(failure.getStackTrace())
                        .limit(STACK_LINES)
                        .map(line -> " at " + line)
                        .collect(Collectors.joining());
    }
}
