package dev.postrider.submission;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A message that is complete already, found fit to be relayed as it came.
 *
 * @param id idempotency key, 1 to 200 printable characters
 * @param author address the message is from, or was sent by on behalf of its authors
 * @param messageId what stands in its Message-ID field; empty: it has none
 * @param date what stands in its Date field; empty: it has none
 * @param fields the header fields that go out, in order
 * @param utf8Field name of the first of them that is in UTF-8 (RFC 6532); empty: all are in ASCII
 * @param body what stands after the header section
 * @param eightBit whether an octet of the body has its highest bit set
 */
public record RawSubmission(
        String id,
        Envelope envelope,
        String author,
        Optional<String> messageId,
        Optional<String> date,
        List<Slice> fields,
        Optional<String> utf8Field,
        Slice body,
        boolean eightBit)
        implements Submission {

    public RawSubmission {
        Lines.requireSingle("id", id);
        Lines.requireSingle("author", author);
        messageId.ifPresent(value -> Lines.requireSingle("Message-ID", value));
        Objects.requireNonNull(envelope, "envelope");
        Objects.requireNonNull(body, "body");
        fields = List.copyOf(fields);
    }

    /** A message has no place to say so. */
    @Override
    public Window window() {
        return Window.ALWAYS;
    }

    /** A message has no place to say so. */
    @Override
    public Optional<String> onUnknown() {
        return Optional.empty();
    }

    /** A message has no place for any. */
    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }
}
