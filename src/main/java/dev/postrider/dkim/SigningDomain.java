package dev.postrider.dkim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A domain in whose name mail is signed, once with each of its keys. Thread-safe. */
public final class SigningDomain {

    /** The name under which receivers find the public key, and the private one as it is now. */
    record Selector(String name, Supplier<SigningKey> key) {}

    private final String name;
    private final List<Selector> selectors;

    SigningDomain(String name, List<Selector> selectors) {
        this.name = name;
        this.selectors = List.copyOf(selectors);
    }

    /** In lower case. */
    public String name() {
        return name;
    }

    /** A DKIM-Signature field for each key, with their line ends: they go on top of the message. */
    public byte[] sign(Imprint message, Instant at) {
        Imprint.Digest digest = message.digest();
        List<String> fields = SignedFields.of(digest.header());
        String signed = digest.header().signed(fields);
        List<String> signatures = new ArrayList<>();
        for (Selector selector : selectors) {
            SigningKey key = selector.key().get();
            SignatureField field =
                    new SignatureField(key.algorithm(), name, selector.name(), at, fields, digest.bodyHash());
            signatures.add(field.signedBy(key, signed));
        }
        return String.join("", signatures).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return name + " with "
                + selectors.stream()
                        .map(selector -> selector.name() + " (" + selector.key().get() + ")")
                        .collect(Collectors.joining(", "));
    }
}
