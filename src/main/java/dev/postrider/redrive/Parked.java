package dev.postrider.redrive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a dead letter says of itself.
 *
 * @param reason in a word
 * @param detail the same in a sentence
 * @param retryable whether sending the same again can succeed
 * @param replies of the relay, the first recipient's first
 * @param remaining whom the message still has to reach; empty for all that the request names
 * @param redrives how often it was redriven before
 * @param source where the request came from at first, as the history has it
 * @param failure the report as it stands there; empty object if there is none
 */
record Parked(
        Place place,
        Optional<String> id,
        String reason,
        String detail,
        boolean retryable,
        List<String> replies,
        List<String> enhancedCodes,
        List<String> remaining,
        Instant failedAt,
        int redrives,
        ObjectNode source,
        ObjectNode failure) {

    Parked {
        replies = List.copyOf(replies);
        enhancedCodes = List.copyOf(enhancedCodes);
        remaining = List.copyOf(remaining);
    }

    /** Its place and, if it is known, its id: what a person calls it by. */
    String name() {
        return place + id.map(known -> "  " + known).orElse("");
    }
}
