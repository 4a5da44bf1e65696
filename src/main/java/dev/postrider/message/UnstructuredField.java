package dev.postrider.message;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A header field of free text (RFC 5322 §2.2.1): the subject, and the extra fields of a request that are no
 * {@link StructuredField}. They stay as they are whenever they can.
 */
final class UnstructuredField {

    private static final Pattern WORD = Pattern.compile("([ \\t]*)([^ \\t]+)");

    private static final Pattern OUTER = Pattern.compile("\\A[ \\t]+|[ \\t]+\\z");

    // RFC 5322 §2.1.1: 998, less the space that a fold before the word needs.
    private static final int LONGEST_WORD = 997;

    // RFC 5322 §2.2. Long enough for every registered field, short enough to leave room on the line.
    private static final Pattern NAME = Pattern.compile("[!-9;-~]{1,76}");

    private UnstructuredField() {}

    static String name(String name) throws Uncomposable {
        if (!NAME.matcher(name).matches()) {
            throw new Uncomposable("headers: '" + name
                    + "' is no field name: that is 1 to 76 printable ASCII characters without a colon");
        }
        return name;
    }

    static String body(String name, String value) {
        // Outer white space has no meaning in a field and some relays strip it, which would break a signature. That is
        // spaces and tabs (RFC 5234 §B.1); what other scripts have of the kind is as much text as their letters.
        String text = OUTER.matcher(value).replaceAll("");
        Folding body = new Folding(name);
        if (EncodedWords.areNeededFor(text.replace('\t', ' ')) || hasWordTooLong(text)) {
            EncodedWords.of(text).forEach(word -> body.append(" ", word));
        } else {
            Matcher word = WORD.matcher(text);
            while (word.find()) {
                body.append(word.group(1), word.group(2));
            }
        }
        return body.toString();
    }

    private static boolean hasWordTooLong(String text) {
        // White space counts: a fold before a long run of it would be one line, too.
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            if (word.group().length() > LONGEST_WORD) {
                return true;
            }
        }
        return false;
    }
}
