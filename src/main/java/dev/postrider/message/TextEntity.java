package dev.postrider.message;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimePart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * Words, plain or as html.
 *
 * <p>Jakarta Mail picks the transfer encoding: 7bit for ASCII with lines within 998, else quoted-printable or, where
 * most octets are not ASCII, base64. A message in UTF-8 meets only relays that take eight bits: there the text goes as it is.
 */
record TextEntity(String subtype, String text, Script script) implements Entity {

    private static final int LONGEST_LINE = 998; // RFC 5322 §2.1.1: octets.

    @Override
    public void into(MimePart part) throws MessagingException {
        String canonical = canonical();
        byte[] octets = canonical.getBytes(StandardCharsets.UTF_8);
        // us-ascii where it is enough: no reader can get that wrong (RFC 2046 §4.1.2). UTF-8 is that, as long as no
        // character took more than one octet.
        boolean ascii = octets.length == canonical.length();
        part.setDataHandler(new DataHandler(
                new ByteArrayDataSource(octets, "text/" + subtype + "; charset=" + (ascii ? "US-ASCII" : "UTF-8"))));
        if (script == Script.UTF_8 && !ascii && hasLinesWithinLimit(octets)) {
            part.setHeader("Content-Transfer-Encoding", "8bit");
        }
    }

    private static boolean hasLinesWithinLimit(byte[] octets) {
        int begin = 0;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '\r') {
                if (i - begin > LONGEST_LINE) {
                    return false;
                }
                begin = i + 2;
            }
        }
        return true;
    }

    /** RFC 2046 §4.1.1: every line of a text ends with CRLF, and neither octet stands alone. */
    private String canonical() {
        return text.lines().collect(Collectors.joining("\r\n", "", "\r\n"));
    }
}
