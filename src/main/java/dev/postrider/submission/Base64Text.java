package dev.postrider.submission;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Base64 as RFC 4648 §4 has it and nothing near it. The JDK's decoder also takes what is cut short or ends in stray
 * bits; both mean that bytes were lost on the way here, and the recipient would get a broken file.
 */
final class Base64Text {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

    private Base64Text() {}

    /** Empty if it is a violation; which never repeats what stands there. */
    static Optional<byte[]> decode(Field field, Violations violations) {
        // A character beyond Latin-1 becomes '?', which is outside the alphabet as well.
        byte[] encoded = field.text().orElseThrow().getBytes(StandardCharsets.ISO_8859_1);
        Optional<byte[]> bytes = decode(encoded);
        if (bytes.isEmpty()) {
            violations.add(field.path(), "not base64: " + fault(encoded));
        }
        return bytes;
    }

    private static Optional<byte[]> decode(byte[] encoded) {
        if (encoded.length % 4 != 0) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            return endsAsItWasEncoded(encoded, bytes) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static boolean endsAsItWasEncoded(byte[] encoded, byte[] bytes) {
        int lastGroup = Math.max(0, encoded.length - 4);
        byte[] tail = Arrays.copyOfRange(bytes, lastGroup / 4 * 3, bytes.length);
        return Arrays.equals(Base64.getEncoder().encode(tail), Arrays.copyOfRange(encoded, lastGroup, encoded.length));
    }

    private static String fault(byte[] encoded) {
        for (int i = 0; i < encoded.length; i++) {
            if (ALPHABET.indexOf(encoded[i] & 0xFF) < 0) {
                return switch (encoded[i]) {
                    case '\r', '\n' -> "line break at position " + i;
                    case '-', '_' -> "URL-safe alphabet at position " + i;
                    default -> "outside the alphabet at position " + i;
                };
            }
        }
        return "cut short or wrongly padded (RFC 4648 §4)";
    }
}
