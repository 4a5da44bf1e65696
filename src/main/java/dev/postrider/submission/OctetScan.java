package dev.postrider.submission;

/**
 * A look at every octet of a message, for what no relay takes as it is. Each is an index, or -1 if there is none.
 *
 * @param nul the first NUL
 * @param bareReturn the first CR that no LF follows
 * @param longLine the beginning of the first line that is too long
 * @param eightBit the last octet with its highest bit set
 */
record OctetScan(int nul, int bareReturn, int longLine, int eightBit) {

    /** RFC 5322 §2.1.1, RFC 5321 §4.5.3.1.6: without CRLF. */
    private static final int LONGEST_LINE = 998;

    private static final int NONE = -1;

    static OctetScan of(byte[] content, int start) {
        int nul = NONE;
        int bareReturn = NONE;
        int longLine = NONE;
        int eightBit = NONE;
        int line = start;
        for (int i = start; i < content.length; i++) {
            byte octet = content[i];
            if (octet < 0) {
                eightBit = i;
            } else if (octet == '\n') {
                int text = i > line && content[i - 1] == '\r' ? i - 1 - line : i - line;
                longLine = longLine == NONE && text > LONGEST_LINE ? line : longLine;
                line = i + 1;
            } else if (octet == '\r') {
                boolean alone = i + 1 == content.length || content[i + 1] != '\n';
                bareReturn = alone && bareReturn == NONE ? i : bareReturn;
            } else if (octet == 0 && nul == NONE) {
                nul = i;
            }
        }
        longLine = longLine == NONE && content.length - line > LONGEST_LINE ? line : longLine;
        return new OctetScan(nul, bareReturn, longLine, eightBit);
    }

    /** To mend any of these is to change what the message says, or what its parts decode to. */
    void refuse(byte[] content, Violations violations) {
        if (nul != NONE) {
            violations.add(line(content, nul) + "NUL, which no relay takes (RFC 5322 §4); encode the part in base64");
        }
        if (bareReturn != NONE) {
            // What one reader takes for the end of a line and the next does not can smuggle in a second message.
            violations.add(line(content, bareReturn) + "a CR without LF (RFC 5321 §2.3.8); lines end with CRLF or LF");
        }
        if (longLine != NONE) {
            violations.add(line(content, longLine) + "more than " + LONGEST_LINE + " octets (RFC 5321 §4.5.3.1.6);"
                    + " encode the part as quoted-printable or base64, fold the header field");
        }
    }

    boolean isEightBitFrom(int index) {
        return eightBit >= index;
    }

    /** Counted from 1. */
    static int lineOf(byte[] content, int index) {
        int line = 1;
        for (int i = 0; i < index; i++) {
            if (content[i] == '\n') {
                line++;
            }
        }
        return line;
    }

    private static String line(byte[] content, int index) {
        return "line " + lineOf(content, index) + ": ";
    }
}
