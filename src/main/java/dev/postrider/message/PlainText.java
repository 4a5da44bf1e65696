package dev.postrider.message;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes text the way a browser lays it out: white space collapses, breaks and separators wait until a word follows,
 * and indented lines repeat their indent. Lines end with LF. Not thread-safe.
 */
final class PlainText {

    // Beyond this, nesting is no longer for people; an attacker could make a large text of a small html with it.
    private static final int DEEPEST_INDENT = 8;

    private static final String WHITE_SPACE = " \t\n\r\f\u00A0";
    private static final String INVISIBLE = "\u00AD\u034F\u200B\u2060\uFEFF";

    private static final int NONE_YET = -1;

    private final StringBuilder out = new StringBuilder();
    private final Deque<Indent> indents = new ArrayDeque<>();
    private int pendingBreaks;
    private String pendingSeparator = "";
    private int wordsOfLink;

    /** Words separated by any white space. */
    void words(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (WHITE_SPACE.indexOf(c) >= 0) {
                pendingSeparator = pendingSeparator.isEmpty() ? " " : pendingSeparator;
            } else if (INVISIBLE.indexOf(c) < 0) {
                writePending();
                out.append(c);
            }
        }
    }

    /** Text whose spaces and line ends are meant. */
    void verbatim(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                pendingBreaks++;
            } else if (c != '\r') {
                writePending();
                out.append(c);
            }
        }
    }

    /** What follows starts on a line of its own. */
    void line() {
        atLeast(1);
    }

    /** What follows starts after an empty line. */
    void paragraph() {
        atLeast(2);
    }

    /** One more line end; several leave one line empty. */
    void newLine() {
        atLeast(Math.min(pendingBreaks + 1, 2));
    }

    private void atLeast(int breaks) {
        pendingBreaks = Math.max(pendingBreaks, breaks);
        pendingSeparator = "";
    }

    /** What follows is the next cell of the row. */
    void cell() {
        pendingSeparator = " | ";
    }

    /** @param first leads the next line, and {@code rest} those after it, until {@link #outdent()} */
    void indent(String first, String rest) {
        indents.addLast(indents.size() < DEEPEST_INDENT ? new Indent(first, rest) : new Indent("", ""));
    }

    void outdent() {
        indents.removeLast();
    }

    /** What follows are the words of a link. */
    void link() {
        wordsOfLink = NONE_YET;
    }

    /** Adds where the link leads to its words, unless they say it themselves. */
    void endLink(String target) {
        if (wordsOfLink == NONE_YET) {
            words(target);
        } else if (!bare(out.substring(wordsOfLink)).equals(bare(target))) {
            // Behind the words, before a break that their end may have asked for.
            out.append(" (").append(target).append(')');
        }
    }

    private static String bare(String address) {
        return address.replaceFirst("^https?://", "").replaceFirst("/$", "");
    }

    private void writePending() {
        boolean startsLine = out.length() == 0 || pendingBreaks > 0;
        if (startsLine) {
            if (out.length() > 0) {
                out.append("\n".repeat(pendingBreaks));
            }
            indents.forEach(indent -> out.append(indent.take()));
        } else {
            out.append(pendingSeparator);
        }
        pendingBreaks = 0;
        pendingSeparator = "";
        if (wordsOfLink == NONE_YET) {
            wordsOfLink = out.length();
        }
    }

    @Override
    public String toString() {
        return out.toString().stripTrailing();
    }

    /** What leads the lines of a list item or a quotation. */
    private static final class Indent {
        private String next;
        private final String rest;

        Indent(String first, String rest) {
            this.next = first;
            this.rest = rest;
        }

        String take() {
            String taken = next;
            next = rest;
            return taken;
        }
    }
}
