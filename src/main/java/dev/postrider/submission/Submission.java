package dev.postrider.submission;

import java.util.Map;
import java.util.Optional;

/** What we are asked to send, found valid: a send request, or a message that is complete already. */
public sealed interface Submission permits SendRequest, RawSubmission {

    /** Idempotency key, 1 to 200 printable characters. */
    String id();

    /** Whom it goes to, and where it comes back to. */
    Envelope envelope();

    /** When it may be sent. */
    Window window();

    /** {@code retry} or {@code park}, when nobody knows whether the relay has it; empty: as configured. */
    Optional<String> onUnknown();

    /** Handed back in outcomes, never in the message. */
    Map<String, String> metadata();
}
