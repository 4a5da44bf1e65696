package dev.postrider.delivery;

import dev.postrider.kafka.Deployment;
import dev.postrider.ledger.Ledger;
import dev.postrider.ledger.Ledger.Standing;
import dev.postrider.message.AddressedMessage;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.History;
import dev.postrider.submission.Origin.TopicRecord;
import dev.postrider.submission.Submission;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Variable;

/**
 * Asks the ledger before a request is relayed, and tells it afterwards. A request is looked up as often as it comes in: once
 * at first, and once for each time it was deferred or redriven; each of these legs is relayed once. Thread-safe.
 */
@Singleton
@Named("legs")
@RegisterForReflection
public class Legs {

    private final Ledger ledger;
    private final Deployment deployment;

    Legs(Ledger ledger, Deployment deployment) {
        this.ledger = ledger;
        this.deployment = deployment;
    }

    /** Whether it is to be relayed. */
    public Standing begin(@Variable("arrival") Arrival arrival, @Variable("request") Submission request)
            throws InterruptedException {
        return ledger.begin(leg(arrival, request), arrival.content());
    }

    /**
     * Somebody else goes on with it.
     *
     * @param request null when it could not be read
     * @param standing null when the ledger was not asked
     */
    public void leave(
            @Variable("arrival") Arrival arrival,
            @Variable("request") Submission request,
            @Variable("standing") Standing standing) {
        if (request != null && standing == Standing.NEW) {
            ledger.leave(leg(arrival, request));
        }
    }

    /**
     * It could not be settled. When everybody has the message it must not go out again with the next start. When somebody has
     * not, it has to: the deferral or the dead letter for the others may not be stored, and they would get nothing.
     *
     * @param message null when it could not be composed
     */
    public void leaveUnsettled(
            @Variable("arrival") Arrival arrival,
            @Variable("request") Submission request,
            @Variable("standing") Standing standing,
            @Variable("message") AddressedMessage message) {
        boolean everybodyHasIt = message != null
                && message.report()
                        .filter(report -> report.notRelayed().isEmpty())
                        .isPresent();
        if (request != null && standing == Standing.NEW && everybodyHasIt) {
            ledger.settled(leg(arrival, request), arrival.content());
        } else {
            leave(arrival, request, standing);
        }
    }

    /** To be told when all that a settlement asks for is stored. */
    public void end(Settlement settlement) {
        if (settlement.request().isEmpty() || settlement.standing() != Standing.NEW) {
            return; // Nothing has begun.
        }
        Arrival arrival = settlement.arrival();
        String leg = leg(arrival, settlement.request().get());
        if (mayNotComeAgain(settlement)) {
            ledger.settled(leg, arrival.content());
        } else {
            ledger.leave(leg);
        }
    }

    /** A request that nobody got may be sent anew by whoever asked for it, under the same id. */
    private static boolean mayNotComeAgain(Settlement settlement) {
        return settlement.deferral().isPresent()
                || settlement.reports().stream().anyMatch(report -> Disposition.of(report) != Disposition.FAILED)
                || !settlement.arrival().history().attempts().isEmpty();
    }

    private String leg(Arrival arrival, Submission request) {
        History history = arrival.history();
        String name = deployment.name() + " " + request.id() + " " + history.redrives() + "." + history.nextAttempt();
        if (history.redrives() > 0 && !history.recipients().isEmpty()) {
            // Of one request there may be several dead letters, each for other recipients, and each is redriven.
            name += " " + String.join(" ", history.recipients());
        }
        // A topic that was made anew counts its offsets from 0 again; that is no repetition.
        return arrival.origin() instanceof TopicRecord record && request.id().equals(arrival.defaultId())
                ? name + " " + record.timestamp()
                : name;
    }
}
