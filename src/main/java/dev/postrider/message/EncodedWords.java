package dev.postrider.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Text as encoded words (RFC 2047), for whatever a header field cannot hold as it is.
 *
 * <p>Jakarta Mail has an encoder, but it leaves ASCII alone: a word of 2,000 letters would break the limit of 998, and
 * a literal {@code =?…?=} would be decoded on the other side.
 */
final class EncodedWords {

    private static final String PREFIX = "=?UTF-8?";
    private static final String SUFFIX = "?=";
    private static final HexFormat UPPER_CASE = HexFormat.of().withUpperCase();

    // RFC 2047 §2 allows 75; 64 leaves room for "Subject: " and the like on the first line.
    private static final int MAX_LENGTH = 64;
    private static final int MAX_PAYLOAD = MAX_LENGTH - (PREFIX + "Q?" + SUFFIX).length();

    // RFC 2047 §5 (3): what may stand for itself even in a display name.
    private static final String UNQUOTED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/";

    private EncodedWords() {}

    /** Whether a value must be encoded: not printable ASCII, or it looks like an encoded word itself. */
    static boolean areNeededFor(String text) {
        return !text.chars().allMatch(c -> c >= ' ' && c <= '~') || text.contains("=?");
    }

    /** To be joined by white space, which the reader drops (RFC 2047 §6.2); none splits a character (§5). */
    static List<String> of(String text) {
        boolean mostlyAscii = text.chars().filter(c -> c < 0x80).count() * 2 > text.length();
        return mostlyAscii ? quoted(text) : base64(text);
    }

    /** The Q encoding (§4.2): people can read it in the source. */
    private static List<String> quoted(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder payload = new StringBuilder();
        for (int c : text.codePoints().toArray()) {
            String octets = quoted(c);
            if (payload.length() + octets.length() > MAX_PAYLOAD) {
                words.add(PREFIX + "Q?" + payload + SUFFIX);
                payload.setLength(0);
            }
            payload.append(octets);
        }
        words.add(PREFIX + "Q?" + payload + SUFFIX);
        return words;
    }

    private static String quoted(int c) {
        if (UNQUOTED.indexOf(c) >= 0) {
            return String.valueOf((char) c);
        }
        if (c == ' ') {
            return "_";
        }
        StringBuilder octets = new StringBuilder();
        for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
            octets.append('=').append(UPPER_CASE.toHexDigits(octet));
        }
        return octets.toString();
    }

    /** The B encoding (§4.1): shorter where little is ASCII. */
    private static List<String> base64(String text) {
        int maxOctets = MAX_PAYLOAD / 4 * 3;
        List<String> words = new ArrayList<>();
        StringBuilder chunk = new StringBuilder();
        int octets = 0;
        for (int c : text.codePoints().toArray()) {
            int more = Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            if (octets + more > maxOctets) {
                words.add(base64Word(chunk));
                chunk.setLength(0);
                octets = 0;
            }
            chunk.appendCodePoint(c);
            octets += more;
        }
        words.add(base64Word(chunk));
        return words;
    }

    private static String base64Word(CharSequence chunk) {
        byte[] octets = chunk.toString().getBytes(StandardCharsets.UTF_8);
        return PREFIX + "B?" + Base64.getEncoder().encodeToString(octets) + SUFFIX;
    }
}
