package dev.postrider.submission;

import java.util.List;
import java.util.Objects;

/**
 * What MAIL and RCPT carry (RFC 5321 §2.3.1): independent of what the header fields say.
 *
 * @param reversePath address without angle brackets; {@code ""} is the null path
 * @param recipients addresses without angle brackets, each once, in the order of the request
 */
public record Envelope(String reversePath, List<String> recipients) {

    public Envelope {
        Objects.requireNonNull(reversePath, "reversePath");
        Lines.requireSingle("reversePath", reversePath);
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("recipients: none");
        }
        recipients.forEach(recipient -> Lines.requireSingle("recipient", recipient));
    }
}
