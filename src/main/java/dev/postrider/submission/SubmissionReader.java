package dev.postrider.submission;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Optional;

/**
 * Reads what came in at the door, in whichever of the forms of the contract: a send request in JSON, a raw message, or
 * an event of CloudEvents that carries one of the two. Thread-safe; constructed once.
 */
public final class SubmissionReader {

    private final RequestLimits limits;
    private final StrictJson json;
    private final RequestReader requests;
    private final RawMessageReader messages;
    private final EventReader events;

    public SubmissionReader(RequestLimits limits, AttachmentsRoot root) {
        this(limits, root, Clock.systemUTC());
    }

    /** @param clock says whether {@code sendAt} is too far ahead, which makes a dead letter */
    public SubmissionReader(RequestLimits limits, AttachmentsRoot root, Clock clock) {
        this.limits = limits;
        this.json = new StrictJson(limits.maxRequestBytes());
        this.requests = new RequestReader(limits, root, clock);
        this.messages = new RawMessageReader(limits);
        this.events = new EventReader(json);
    }

    /** @throws InvalidRequest with all that is wrong with it */
    public Submission read(Arrival arrival) throws InvalidRequest {
        Violations violations = new Violations();
        arrival.fault().ifPresent(violations::add);
        DeclaredFormat format = DeclaredFormat.of(arrival.origin(), violations);
        if (format == DeclaredFormat.BINARY_EVENT) {
            limits.checkSize(arrival, violations);
            violations.throwIfAny(arrival.origin());
            return carried(arrival, events.binary(arrival, violations), violations);
        }
        limits.check(arrival, violations);
        violations.throwIfAny(arrival.origin());
        if (format == DeclaredFormat.RAW_MESSAGE) {
            return messages.read(arrival, arrival.content(), arrival::defaultId);
        }
        Optional<JsonNode> value = json.read(arrival, violations);
        violations.throwIfAny(arrival.origin());
        return format == DeclaredFormat.STRUCTURED_EVENT || EventReader.knows(value.orElseThrow())
                ? carried(arrival, events.structured(value.orElseThrow(), violations), violations)
                : requests.read(arrival, value.orElseThrow(), violations);
    }

    private Submission carried(Arrival arrival, Optional<CloudEvent> event, Violations violations)
            throws InvalidRequest {
        violations.throwIfAny(arrival.origin());
        String id = DefaultId.ofEvent(event.orElseThrow().id());
        return event.get().data() instanceof CloudEvent.Request request
                ? requests.read(arrival, request.tree(), Violations.in("data"), id)
                : messages.read(arrival, ((CloudEvent.Message) event.get().data()).octets(), () -> id);
    }
}
