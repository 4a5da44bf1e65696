package dev.postrider.ledger;

import java.util.HexFormat;
import java.util.Optional;

/**
 * An entry as a line of a file: leg, content, second since 1970, each of fixed length. Without patterns and formats, since
 * a million of them are read before the first request goes.
 *
 * <pre>
 * 0f343b0931126a20f133d67c2b018a3b 9c56cc51b374c3ba 1772337600
 * </pre>
 */
final class LedgerLine {

    private static final HexFormat HEX = HexFormat.of();
    private static final int LEG = 32;
    private static final int CONTENT = 16;
    private static final int SECOND = 10;

    private LedgerLine() {}

    static String write(Entry entry) {
        String second = Long.toString(entry.note().at().getEpochSecond());
        return HEX.toHexDigits(entry.leg().high())
                + HEX.toHexDigits(entry.leg().low())
                + ' '
                + HEX.toHexDigits(entry.note().content())
                + ' '
                + "0".repeat(Math.max(0, SECOND - second.length()))
                + second
                + '\n';
    }

    /** Empty for what is none, such as a line a crash cut off. */
    static Optional<Entry> read(String line) {
        int content = LEG + 1;
        int second = content + CONTENT + 1;
        if (line.length() != second + SECOND || line.charAt(LEG) != ' ' || line.charAt(second - 1) != ' ') {
            return Optional.empty();
        }
        try {
            LegKey leg = new LegKey(
                    HexFormat.fromHexDigitsToLong(line, 0, LEG / 2), HexFormat.fromHexDigitsToLong(line, LEG / 2, LEG));
            Note note = new Note(
                    HexFormat.fromHexDigitsToLong(line, content, content + CONTENT),
                    Integer.parseUnsignedInt(line, second, second + SECOND, 10));
            return Optional.of(new Entry(leg, note));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
