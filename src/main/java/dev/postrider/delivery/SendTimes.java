package dev.postrider.delivery;

import dev.postrider.ledger.Ledger.Standing;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.Expired;
import dev.postrider.submission.Origin.TopicRecord;
import dev.postrider.submission.Submission;
import dev.postrider.submission.TakenOver;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Variable;
import org.jboss.logging.Logger;

/** Sees to it that a request is relayed within its time. Thread-safe. */
@Singleton
@Named("sendTimes")
@RegisterForReflection
public class SendTimes {

    private static final Logger LOG = Logger.getLogger(SendTimes.class);

    private final Clock clock;

    SendTimes(Clock clock) {
        this.clock = clock;
    }

    /** Whether its time is still to come. */
    public boolean isAhead(Submission request) {
        return request.window().isAheadAt(clock.instant());
    }

    /**
     * That it has to wait. Not an attempt: nothing is added to its history, and nothing of its schedule is used up.
     *
     * @throws TakenOver when somebody else has to put it away by now
     */
    public Settlement hold(@Variable("arrival") Arrival arrival, @Variable("request") Submission request) {
        if (!arrival.receipt().begin()) {
            throw new TakenOver();
        }
        Instant now = clock.instant();
        Instant sendAt = request.window().sendAt().orElseThrow();
        Schedule.Next next = arrival.origin() instanceof TopicRecord
                ? Hops.next(now, sendAt)
                : new Schedule.Next(Duration.between(now, sendAt), sendAt);
        LOG.logf(
                arrival.history().waited() ? Logger.Level.DEBUG : Logger.Level.INFO,
                "%s waits until %s",
                request.id(),
                sendAt);
        return new Settlement(
                arrival,
                Optional.of(request),
                Optional.empty(),
                Standing.NEW,
                now,
                Optional.of(new Deferral(arrival, arrival.history().waiting(), next)),
                Optional.empty());
    }

    /** @throws Expired when it is too late; the message asks once more, last thing before it leaves */
    public void checkNotOver(@Variable("arrival") Arrival arrival, @Variable("request") Submission request) {
        request.window().requireNotOver(clock.instant());
        if (LOG.isInfoEnabled()) {
            LOG.info("accepted " + request.id() + " from " + arrival.origin().name());
        }
    }
}
