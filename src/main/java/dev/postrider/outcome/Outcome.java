package dev.postrider.outcome;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What became of one recipient in one attempt.
 *
 * @param id of the request
 * @param uniqueId the same, and more where another request may have that id, too
 * @param recipient empty when it is about the request as a whole
 * @param disposition {@code relayed}, {@code deferred}, {@code failed}, {@code unknown} or {@code duplicate}
 * @param reason the dead letter's, in a word, when there is one
 * @param detail in a sentence, for people
 * @param messageId of the message, with its angle brackets
 * @param source the request's origin: {@code mail.requests-0@17}, {@code inbox/order-17.json}
 * @param metadata the request's own, which changes no more
 */
public record Outcome(
        String id,
        String uniqueId,
        Optional<String> recipient,
        String disposition,
        Attempt attempt,
        Optional<RelayWord> reply,
        Optional<String> reason,
        Optional<String> detail,
        Optional<String> messageId,
        String source,
        Map<String, String> metadata) {

    private static final Set<String> DISPOSITIONS = Set.of("relayed", "deferred", "failed", "unknown", "duplicate");

    /** Of a request whose sender has given it its id. */
    Outcome(
            String id,
            Optional<String> recipient,
            String disposition,
            Attempt attempt,
            Optional<RelayWord> reply,
            Optional<String> reason,
            Optional<String> detail,
            Optional<String> messageId,
            String source,
            Map<String, String> metadata) {
        this(id, id, recipient, disposition, attempt, reply, reason, detail, messageId, source, metadata);
    }

    public Outcome {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("outcome of " + source + ": no id");
        }
        if (!DISPOSITIONS.contains(disposition)) {
            throw new IllegalArgumentException("outcome of " + id + ": no disposition: " + disposition);
        }
        metadata = Collections.unmodifiableMap(metadata); // No copy: a thousand recipients share it.
    }

    /**
     * Names this outcome, and is the same when it is told again. What another request with the same id met is told apart
     * by its source, or a reader would take it for a repetition; what could not be deferred as was told, by the reason.
     */
    String eventId() {
        String eventId = uniqueId + "/" + attempt.redrives() + "." + attempt.number() + "/" + recipient.orElse("-");
        boolean another = disposition.equals("duplicate")
                || reason.filter("duplicate-id"::equals).isPresent();
        if (reason.filter("too-large"::equals).isPresent()) {
            return eventId + "/too-large";
        }
        return another ? eventId + "/" + source : eventId;
    }
}
