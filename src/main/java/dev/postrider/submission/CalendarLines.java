package dev.postrider.submission;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a calendar object (RFC 5545 §3.1). Line ends of any kind are read and CRLF is written; what is longer than
 * 75 octets is folded, and what is not stays as it was folded before.
 */
final class CalendarLines {

    private static final int LONGEST = 75;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** As the RFC has it, but for the values of parameters: whatever stands between name and colon is not ours. */
    private static final Pattern CONTENT_LINE =
            Pattern.compile("(?<name>[A-Za-z0-9-]{1,100})(?<parameters>;(?:[^\":]|\"[^\"]*\")*+)?:(?<value>.*)");

    private static final Pattern CONTROLS = Pattern.compile("[\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]");

    private final List<String> physical;
    private final List<ContentLine> unfolded;

    private CalendarLines(List<String> physical, List<ContentLine> unfolded) {
        this.physical = physical;
        this.unfolded = unfolded;
    }

    /**
     * A property, or the begin or end of a component.
     *
     * @param number of its first line, counted from 1
     * @param name in upper case
     */
    record ContentLine(int number, String name, String value) {

        boolean is(String expectedName, String expectedValue) {
            return name.equals(expectedName) && value.equalsIgnoreCase(expectedValue);
        }
    }

    static CalendarLines of(String content) throws CalendarFault {
        if (CONTROLS.matcher(content).find()) {
            throw new CalendarFault("must not hold control characters");
        }
        String text = content.startsWith(BYTE_ORDER_MARK) ? content.substring(1) : content;
        List<String> physical = text.stripTrailing().lines().toList();
        List<ContentLine> unfolded = new ArrayList<>();
        for (int i = 0; i < physical.size(); ) {
            int first = i;
            StringBuilder line = new StringBuilder(physical.get(i));
            for (i++; i < physical.size() && isContinuation(physical.get(i)); i++) {
                line.append(physical.get(i), 1, physical.get(i).length());
            }
            unfolded.add(parse(first + 1, line.toString()));
        }
        if (unfolded.isEmpty()) {
            throw new CalendarFault("is empty");
        }
        return new CalendarLines(physical, unfolded);
    }

    private static boolean isContinuation(String line) {
        return line.startsWith(" ") || line.startsWith("\t");
    }

    private static ContentLine parse(int number, String line) throws CalendarFault {
        Matcher content = CONTENT_LINE.matcher(line);
        if (!content.matches()) {
            throw new CalendarFault("line " + number
                    + " is no content line: name, colon, value; a line break within a text is written \\n (RFC 5545"
                    + " §3.1, §3.3.11)");
        }
        return new ContentLine(
                number,
                content.group("name").toUpperCase(Locale.ROOT),
                content.group("value").strip());
    }

    List<ContentLine> unfolded() {
        return unfolded;
    }

    String written() {
        StringBuilder text = new StringBuilder();
        physical.forEach(line -> fold(line, text));
        return text.toString();
    }

    /** Between characters: some clients decode a line before they unfold it. */
    private static void fold(String line, StringBuilder text) {
        int octets = 0;
        for (int i = 0; i < line.length(); i = line.offsetByCodePoints(i, 1)) {
            String character = Character.toString(line.codePointAt(i));
            int more = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets + more > LONGEST) {
                text.append("\r\n ");
                octets = 1;
            }
            text.append(character);
            octets += more;
        }
        text.append("\r\n");
    }
}
