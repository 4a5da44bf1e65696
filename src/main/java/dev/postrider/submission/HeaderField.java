package dev.postrider.submission;

/**
 * A header field of a message, where it stands there.
 *
 * @param name as it is written there
 * @param line number of its first line
 * @param octets all of it: name, colon and body, with the folds in it and the end of its last line
 */
record HeaderField(String name, int line, Slice octets) {

    /** What it says, unfolded (RFC 5322 §2.2.3), without the white space around it. */
    String value() {
        String body = octets.utf8().substring(name.length() + 1);
        return body.replace("\r", "").replace("\n", "").strip();
    }

    boolean isAscii() {
        for (int i = octets.start(); i < octets.end(); i++) {
            if (octets.octets()[i] < 0) {
                return false;
            }
        }
        return true;
    }

    boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** Where it stands, for whoever has to mend it. */
    String place() {
        return "line " + line + ": " + name;
    }

    /** The same field with its next line. */
    HeaderField continued(int end) {
        return new HeaderField(name, line, new Slice(octets.octets(), octets.start(), end));
    }
}
