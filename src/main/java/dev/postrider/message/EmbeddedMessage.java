package dev.postrider.message;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A look at a message that is attached as one. RFC 2046 §5.2.1: it must not be encoded, so its octets have to be such that
 * a relay takes them as they are. Its lines may end in LF: they go out with CRLF, as all others.
 */
final class EmbeddedMessage {

    private static final int LONGEST_LINE = 998; // RFC 5322 §2.1.1

    private int line = 1;
    private int length;
    private boolean eightBit;

    private EmbeddedMessage() {}

    /**
     * Its transfer encoding, {@code 7bit} or {@code 8bit}.
     *
     * @param path of the attachment in the request, for the refusal
     */
    static String encodingOf(InputStream octets, String path) throws IOException, Uncomposable {
        EmbeddedMessage look = new EmbeddedMessage();
        try (InputStream in = new BufferedInputStream(octets)) {
            String fault = look.fault(in);
            if (!fault.isEmpty()) {
                throw new Uncomposable(
                        path + ": line " + look.line + " of the message has " + fault
                                + ", so that it cannot be attached as message/rfc822; application/octet-stream takes any octets");
            }
        }
        return look.eightBit ? "8bit" : "7bit";
    }

    private String fault(InputStream in) throws IOException {
        int before = 0;
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == 0) {
                return "a NUL";
            }
            if (before == '\r' && octet != '\n') {
                return "a CR without LF";
            }
            if (octet == '\n') {
                line++;
                length = 0;
            } else if (octet != '\r' && ++length > LONGEST_LINE) {
                return "more than " + LONGEST_LINE + " octets";
            }
            eightBit |= octet > 0x7F;
            before = octet;
        }
        return before == '\r' ? "a CR without LF" : "";
    }
}
