package dev.postrider.message;

/**
 * Builds the body of a header field, folding where it may be folded (RFC 5322 §2.2.3) so that lines stay within 76
 * characters (RFC 2047 §2 for lines with encoded words) unless one token alone is longer. Not thread-safe.
 *
 * <p>Jakarta Mail's own folding breaks at the first space it finds and gives up on a long word; this one is told where
 * the breaks may be.
 */
final class Folding {

    private static final int WIDTH = 76;
    private static final int LONGEST_LINE = 998; // RFC 5322 §2.1.1

    private final StringBuilder body = new StringBuilder();
    private int column;

    Folding(String fieldName) {
        column = fieldName.length() + ": ".length();
    }

    /** Appends a token that must not be broken, after this white space or, where it does not fit, after a fold. */
    Folding append(String space, String token) {
        String lead = body.length() == 0 ? "" : space;
        boolean fits = column + lead.length() + token.length() <= WIDTH;
        if (!fits && !isTooLongAnyway(token)) {
            // The fold stands before the white space: unfolding gives the value back to the character.
            body.append("\r\n");
            column = 0;
            lead = space.isEmpty() ? " " : space;
        }
        body.append(lead).append(token);
        column += lead.length() + token.length();
        return this;
    }

    /** Some readers show the white space of a fold before the first token, which then is not made for nothing. */
    private boolean isTooLongAnyway(String token) {
        return body.length() == 0 && token.length() >= WIDTH && column + token.length() <= LONGEST_LINE;
    }

    @Override
    public String toString() {
        return body.toString();
    }
}
