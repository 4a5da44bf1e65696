package dev.postrider.submission;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes octets at random, the same way each time: the seed is fixed, so that what fails once fails again. */
final class Mutation {

    private static final List<String> TOKENS = List.of(
            "\r",
            "\n",
            "\r\n",
            "\r\n\r\n",
            "\0",
            ":",
            " ",
            "\t",
            ",",
            ";",
            "<",
            ">",
            "\"",
            "(",
            ")",
            "\\",
            "@",
            "[",
            "]",
            "=?",
            "?=",
            "Bcc: x@y.example\r\n",
            "From:",
            "\r\n.\r\n",
            "Resent-To: a@b.example\r\n",
            "é",
            "\u00ff",
            "\"@\"",
            "{",
            "}",
            "null",
            "\"data\":",
            "\\ud800",
            "specversion",
            "\uFEFF",
            "a".repeat(999));

    private final Random random = new Random(20260203);

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    byte[] octets(int most) {
        byte[] octets = new byte[1 + random.nextInt(most)];
        random.nextBytes(octets);
        return octets;
    }

    /** One to four changes. */
    byte[] of(byte[] octets) {
        byte[] changed = octets;
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            changed = changed(changed);
        }
        return changed;
    }

    /** One octet changed, a piece taken out or doubled, or something put in that means something. */
    private byte[] changed(byte[] octets) {
        int at = octets.length == 0 ? 0 : random.nextInt(octets.length);
        byte[] before = Arrays.copyOf(octets, at);
        byte[] after = Arrays.copyOfRange(octets, at, octets.length);
        int length = Math.min(after.length, random.nextInt(20));
        return switch (random.nextInt(4)) {
            case 0 -> joined(before, octets(1), from(Math.min(1, after.length), after));
            case 1 -> joined(before, from(length, after));
            case 2 -> joined(before, Arrays.copyOf(after, length), after);
            default -> joined(before, oneOf(TOKENS).getBytes(UTF_8), after);
        };
    }

    private static byte[] from(int start, byte[] octets) {
        return Arrays.copyOfRange(octets, start, octets.length);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
