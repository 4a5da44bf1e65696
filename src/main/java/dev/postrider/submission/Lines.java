package dev.postrider.submission;

/** Guards the line structure of header fields and commands. */
final class Lines {

    private Lines() {}

    /**
     * Refuses CR, LF and NUL: with them a value could add header fields or commands of its own (RFC 5321 §2.3.8, RFC
     * 5322 §2.2).
     */
    static void requireSingle(String what, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == '\0') {
                throw new IllegalArgumentException(what + ": contains CR, LF or NUL at position " + i);
            }
        }
    }
}
