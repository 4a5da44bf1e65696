package dev.postrider.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the relay's replies (RFC 5321 §4.2.1), of one line or of several:
 *
 * <pre>
 * S: 250-2.1.5 Ok, but
 * S: 250 2.1.5 the mailbox is nearly full
 * </pre>
 *
 * <p>Lines, their number and their length together are bounded: what is longer is no relay. CRLF alone ends a line (RFC 5321
 * §2.3.8). For one thread.
 */
final class ReplyReader {

    private static final int LONGEST_LINE = 4096; // RFC 5321 §4.5.3.1.5 allows 512; some relays say more.
    private static final int MOST_LINES = 100;
    private static final int MOST_CHARACTERS = 16 * 1024;

    /** What came is no reply. */
    static final class NotSmtp extends IOException {

        private static final long serialVersionUID = 1L;

        private NotSmtp(String message) {
            super(message);
        }
    }

    private final InputStream in;
    private final byte[] buffer = new byte[LONGEST_LINE];
    private int start;
    private int end;

    ReplyReader(InputStream in) {
        this.in = in;
    }

    /**
     * Waits for the next reply.
     *
     * @throws EOFException when the relay has closed the connection instead
     * @throws IOException when what came is no reply
     */
    Reply next() throws IOException {
        return Reply.parse(nextLines());
    }

    /** The same as it came, lines with their code and separated by CRLF. */
    String nextLines() throws IOException {
        String line = line();
        if (isLast(line)) {
            return line;
        }
        StringBuilder lines = new StringBuilder(line);
        for (int count = 1; !isLast(line); count++) {
            if (count == MOST_LINES || lines.length() > MOST_CHARACTERS) {
                throw notSmtp("a reply of more than " + count + " lines, or " + lines.length() + " characters");
            }
            line = line();
            lines.append("\r\n").append(line);
        }
        return lines.toString();
    }

    /** Whether something has come already that is not read yet. */
    boolean ahead() {
        return start < end;
    }

    /**
     * Whether nothing comes that nobody has asked for, nor the end of the connection, within the timeout of the socket.
     *
     * @throws IOException when the connection has ended
     */
    boolean silent() throws IOException {
        if (ahead()) {
            return false;
        }
        try {
            fill();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    private static boolean isLast(String line) throws IOException {
        if (!Reply.hasCode(line, 0, line.length())) {
            throw notSmtp(line);
        }
        return line.length() == 3 || line.charAt(3) != '-';
    }

    private String line() throws IOException {
        int seen = start + 1;
        while (true) {
            for (; seen < end; seen++) {
                if (buffer[seen] == '\n' && buffer[seen - 1] == '\r') {
                    String line = new String(buffer, start, seen - 1 - start, StandardCharsets.UTF_8);
                    start = seen + 1;
                    return line;
                }
            }
            if (start == 0 && end == buffer.length) {
                throw notSmtp("a line of more than " + LONGEST_LINE + " octets");
            }
            seen = Math.max(1, seen - start);
            fill();
        }
    }

    private void fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        int count = read();
        if (count < 0) {
            throw new EOFException("the relay closed the connection");
        }
        end += count;
    }

    private int read() throws IOException {
        try {
            return in.read(buffer, end, buffer.length - end);
        } catch (SocketTimeoutException e) {
            if (!ahead()) {
                throw e;
            }
            String begun = new String(buffer, start, end - start, StandardCharsets.UTF_8);
            throw notSmtp("a line that does not end with CRLF in time: " + begun);
        }
    }

    private static NotSmtp notSmtp(String what) {
        return new NotSmtp("the relay did not speak SMTP: " + Reply.printable(what));
    }
}
