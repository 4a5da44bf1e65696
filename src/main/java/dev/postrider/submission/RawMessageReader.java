package dev.postrider.submission;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out of a raw message (RFC 5322) what has to be known of it, or says all that keeps it from being relayed as it
 * is. Thread-safe.
 */
final class RawMessageReader {

    private final RequestLimits limits;

    RawMessageReader(RequestLimits limits) {
        this.limits = limits;
    }

    /**
     * From the outside in, as with JSON: octets, lines and fields, then what the fields say.
     *
     * @param content the message; kept, not copied
     * @param defaultId the id it gets
     */
    RawSubmission read(Arrival arrival, byte[] content, Supplier<String> defaultId) throws InvalidRequest {
        Violations violations = new Violations();
        int start = StrictJson.lengthOfByteOrderMark(content);
        OctetScan octets = OctetScan.of(content, start);
        octets.refuse(content, violations);
        violations.throwIfAny(arrival.origin());

        HeaderSection header = HeaderSection.read(content, start, violations);
        if (octets.isEightBitFrom(start)) {
            refuseOtherThanUtf8(content, start, header.end(), violations);
        }
        violations.throwIfAny(arrival.origin());

        FieldRules.check(header, violations);
        Optional<String> author = Originator.of(header, "", violations);
        Optional<Envelope> envelope = new RawEnvelope(header, RecordHeaders.of(arrival.origin()), violations)
                .read(author, limits.maxRecipients());
        violations.throwIfAny(arrival.origin());

        List<HeaderField> relayed = FieldRules.relayed(header);
        return new RawSubmission(
                defaultId.get(),
                envelope.orElseThrow(),
                author.orElseThrow(),
                value(header, "Message-ID"),
                value(header, "Date"),
                relayed.stream().map(HeaderField::octets).toList(),
                relayed.stream()
                        .filter(field -> !field.isAscii())
                        .map(HeaderField::name)
                        .findFirst(),
                new Slice(content, header.end(), content.length),
                octets.isEightBitFrom(header.end()));
    }

    /** RFC 6532 §3.2: what is not ASCII is UTF-8. Anything else each reader takes for something else. */
    private static void refuseOtherThanUtf8(byte[] content, int start, int end, Violations violations) {
        int malformed = StrictJson.firstMalformed(content, start, end);
        if (malformed < end) {
            violations.add("line " + OctetScan.lineOf(content, malformed)
                    + ": header field in other than ASCII or UTF-8" + " (RFC 6532); write encoded words (RFC 2047)");
        }
    }

    private static Optional<String> value(HeaderSection header, String name) {
        List<HeaderField> fields = header.named(name);
        return fields.stream().findFirst().map(HeaderField::value);
    }
}
