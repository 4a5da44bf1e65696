package dev.postrider.submission;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A part of what came in. The octets are not copied, and are nobody's to change.
 *
 * @param octets all that came in
 * @param start index of its first octet
 * @param end index after its last octet
 */
public record Slice(byte[] octets, int start, int end) {

    private static final byte[] CRLF = {'\r', '\n'};

    public Slice {
        if (start < 0 || start > end || end > octets.length) {
            throw new IllegalArgumentException("octets " + start + " to " + end + " of " + octets.length);
        }
    }

    public boolean isEmpty() {
        return start == end;
    }

    /**
     * Writes it as lines: each ends with CRLF, the last one too. The only octets this adds are CRs before line feeds that
     * stand alone, and the end of a last line that has none; with nothing to add, what stands here is written at once.
     */
    public void writeTo(OutputStream out) throws IOException {
        int written = start;
        for (int i = start; i < end; i++) {
            // RFC 5321 §2.3.8: neither octet alone. A line feed alone means the end of a line everywhere else.
            if (octets[i] == '\n' && (i == start || octets[i - 1] != '\r')) {
                out.write(octets, written, i - written);
                out.write(CRLF);
                written = i + 1;
            }
        }
        out.write(octets, written, end - written);
        if (start < end && octets[end - 1] != '\n') {
            out.write(CRLF);
        }
    }

    /** As text; to be asked for where it was found to be UTF-8. */
    String utf8() {
        return new String(octets, start, end - start, StandardCharsets.UTF_8);
    }
}
