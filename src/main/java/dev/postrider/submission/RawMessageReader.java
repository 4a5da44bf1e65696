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
        refuseEightBit(content, start, header.end(), violations);
        violations.throwIfAny(arrival.origin());

        FieldRules.check(header, violations);
        Optional<String> author = Originator.of(header, "", violations);
        Optional<Envelope> envelope = new RawEnvelope(header, RecordHeaders.of(arrival.origin()), violations)
                .read(author, limits.maxRecipients());
        violations.throwIfAny(arrival.origin());

        return new RawSubmission(
                defaultId.get(),
                envelope.orElseThrow(),
                author.orElseThrow(),
                value(header, "Message-ID"),
                value(header, "Date"),
                FieldRules.relayed(header),
                new Slice(content, header.end(), content.length),
                octets.isEightBitFrom(header.end()));
    }

    /** RFC 6532 has them, and a relay that offers SMTPUTF8 takes them; that question is not asked here yet. */
    private static void refuseEightBit(byte[] content, int start, int end, Violations violations) {
        for (int i = start; i < end; i++) {
            if (content[i] < 0) {
                violations.add("line " + OctetScan.lineOf(content, i) + ": header fields in other than ASCII (RFC 6532)"
                        + " are not supported by this version; write encoded words (RFC 2047)");
                return;
            }
        }
    }

    private static Optional<String> value(HeaderSection header, String name) {
        List<HeaderField> fields = header.named(name);
        return fields.stream().findFirst().map(HeaderField::value);
    }
}
