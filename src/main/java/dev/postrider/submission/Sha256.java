package dev.postrider.submission;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the octets of an attachment have to hash to (FIPS 180-4).
 *
 * @param hex 64 digits; kept in lower case
 */
public record Sha256(String hex) {

    private static final Pattern DIGITS = Pattern.compile("[0-9A-Fa-f]{64}");

    public Sha256 {
        if (!DIGITS.matcher(hex).matches()) {
            throw new IllegalArgumentException("sha256: 64 hex digits, not '" + hex + "'");
        }
        hex = hex.toLowerCase(Locale.ROOT);
    }

    /** To be given the octets. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether those given are the right ones; begins anew. */
    public boolean is(MessageDigest octets) {
        return hex.equals(HexFormat.of().formatHex(octets.digest()));
    }
}
