package dev.postrider.dkim;

import java.io.OutputStream;
import java.security.MessageDigest;

/**
 * Hashes a body in its relaxed form (RFC 6376 §3.4.4), as it comes: white space shrunk to one space and none at the end
 * of a line, no empty lines at the end. Lines have to end with CRLF. Holds a buffer and nothing of the body.
 */
final class RelaxedBody extends OutputStream {

    private final MessageDigest digest;
    private final byte[] buffer = new byte[4096];
    private int buffered;
    private boolean space;
    private boolean anything;
    private long lineEnds;

    RelaxedBody(MessageDigest digest) {
        this.digest = digest;
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(octets[i]);
        }
    }

    @Override
    public void write(int octet) {
        switch (octet) {
            case ' ', '\t' -> space = true;
            case '\r' -> {} // Told with the line feed.
            case '\n' -> {
                space = false;
                lineEnds++;
            }
            default -> {
                owed();
                put((byte) octet);
            }
        }
    }

    /** The hash; nothing may be written any more. */
    byte[] hash() {
        if (anything) {
            put((byte) '\r');
            put((byte) '\n');
        }
        digest.update(buffer, 0, buffered);
        return digest.digest();
    }

    /** Line ends and white space count only when something follows them. */
    private void owed() {
        anything = true;
        for (; lineEnds > 0; lineEnds--) {
            put((byte) '\r');
            put((byte) '\n');
        }
        if (space) {
            put((byte) ' ');
            space = false;
        }
    }

    private void put(byte octet) {
        if (buffered == buffer.length) {
            digest.update(buffer, 0, buffered);
            buffered = 0;
        }
        buffer[buffered++] = octet;
    }
}
