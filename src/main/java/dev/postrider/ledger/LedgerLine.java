package dev.postrider.ledger;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry as a line of a file: leg, content, second since 1970.
 *
 * <pre>
 * 0f343b0931126a20f133d67c2b018a3b 9c56cc51b374c3ba 1772337600
 * </pre>
 */
final class LedgerLine {

    private static final Pattern FORM = Pattern.compile("([0-9a-f]{32}) ([0-9a-f]{16}) ([0-9]{10})");

    private LedgerLine() {}

    static String write(Entry entry) {
        return String.format(
                Locale.ROOT,
                "%016x%016x %016x %010d\n",
                entry.leg().high(),
                entry.leg().low(),
                entry.note().content(),
                entry.note().at().getEpochSecond());
    }

    /** Empty for what is none, such as a line a crash cut off. */
    static Optional<Entry> read(String line) {
        Matcher matcher = FORM.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        LegKey leg = LegKey.read(ByteBuffer.wrap(HexFormat.of().parseHex(matcher.group(1))));
        long content = Long.parseUnsignedLong(matcher.group(2), 16);
        return Optional.of(new Entry(leg, new Note(content, (int) Long.parseLong(matcher.group(3)))));
    }
}
