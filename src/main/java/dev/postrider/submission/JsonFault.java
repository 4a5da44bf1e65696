package dev.postrider.submission;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import java.util.List;
import java.util.Locale;

/**
 * What is wrong with JSON, and where, in words of our own. The parser's words name its settings and repeat what stands
 * there, which may belong to a letter.
 */
final class JsonFault {

    private record Words(String parsers, String ours) {}

    /** The first that the parser's text contains counts. */
    private static final List<Words> WORDS = List.of(
            new Words("end-of-input", "it ends before it is complete"),
            new Words("nesting depth", "more than " + StrictJson.DEEPEST + " brackets within each other"),
            new Words("token count", "more than " + StrictJson.MOST_TOKENS + " names, values and brackets"),
            new Words("name length", "a name of more than " + StrictJson.LONGEST_NAME + " characters"),
            new Words("number value length", "a number of more than " + StrictJson.LONGEST_NUMBER + " characters"),
            new Words("comment", "JSON has no comments"),
            new Words("unrecognized token", "text without double quotes"),
            new Words("non-standard token", "NaN and Infinity are no numbers"),
            new Words(
                    "unquoted character", "a line break or control character in a string; write \\n for a line break"),
            new Words("character escape", "an escape that JSON does not have; write \\\\ for a backslash"),
            new Words("to start field name", "a name in double quotes is expected"),
            new Words("colon to separate", "a colon is expected"),
            new Words("comma to separate object", "a comma or a closing brace is expected"),
            new Words("comma to separate array", "a comma or a closing bracket is expected"),
            new Words("close marker", "a closing bracket that nothing was opened for"),
            new Words("expected a valid value", "a value is expected"),
            new Words("surrogate", "half a surrogate pair, which is no character"),
            new Words("white space", "a control character"),
            new Words("numeric", "no number as JSON has them"),
            new Words("decimal point", "no number as JSON has them"),
            new Words("number", "no number as JSON has them"));

    private static final String DUPLICATE = "Duplicate field '";

    private JsonFault() {}

    static String of(JacksonException malformed) {
        // A limit that is exceeded has no place.
        return words(malformed.getOriginalMessage())
                + (malformed.getLocation() == null ? "" : at(malformed.getLocation()));
    }

    static String at(JsonLocation place) {
        return " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    private static String words(String parsers) {
        if (parsers.startsWith(DUPLICATE)) {
            String name = parsers.substring(DUPLICATE.length(), parsers.lastIndexOf('\''));
            return "the name '" + Excerpt.shortened(name) + "' is there twice";
        }
        String lowerCase = parsers.toLowerCase(Locale.ROOT);
        return WORDS.stream()
                .filter(words -> lowerCase.contains(words.parsers()))
                .map(Words::ours)
                .findFirst()
                .orElse("something else is expected");
    }
}
