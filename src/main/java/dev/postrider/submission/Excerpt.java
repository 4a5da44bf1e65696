package dev.postrider.submission;

/** A value of the user's as it may stand in an error or a log line: short, and on one line. */
public final class Excerpt {

    private static final int LONGEST = 60;

    private Excerpt() {}

    /** In double quotes, cut after 60 characters. */
    public static String quoted(String value) {
        return '"' + shortened(value) + '"';
    }

    /** Cut after 60 characters. */
    public static String shortened(String value) {
        if (value.codePointCount(0, value.length()) <= LONGEST) {
            return printable(value);
        }
        return printable(value.substring(0, value.offsetByCodePoints(0, LONGEST))) + "…";
    }

    /**
     * The whole value, everything that is not seen written as an escape: controls would break the line, and format
     * characters such as U+202E would show a reader something else than what is there.
     */
    public static String printable(String value) {
        if (isPrintableAscii(value)) {
            return value;
        }
        StringBuilder line = new StringBuilder(value.length());
        value.codePoints().forEach(character -> {
            switch (Character.getType(character)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> escape(character, line);
                default -> line.appendCodePoint(character);
            }
        });
        return line.toString();
    }

    /** What nearly all is, and what each message's log line asks. */
    private static boolean isPrintableAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static void escape(int character, StringBuilder line) {
        switch (character) {
            case '\r' -> line.append("\\r");
            case '\n' -> line.append("\\n");
            case '\t' -> line.append("\\t");
            default -> line.append(String.format("\\u%04x", character));
        }
    }
}
