package dev.postrider.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Commands out, replies in, over a session that has been set up. What is written is collected and leaves at once, when it is
 * {@linkplain #flush flushed} or a reply is listened for: that makes a group of commands one flight (RFC 2920 §3.1).
 *
 * <p>Used by one thread at a time.
 */
final class Exchange {

    private static final int COLLECTED = 16 * 1024; // A TLS record; a small message with its commands fits.
    private static final Duration A_MOMENT = Duration.ofMillis(1);
    private static final byte[] CRLF = {'\r', '\n'};

    private final Dialogue opened; // Angus closes the connection when nobody refers to it any more.
    private final RelaySocket connection;
    private final ReplyReader replies;
    private final OutputStream out;
    private final byte[] collected = new byte[COLLECTED];
    private int count;

    Exchange(Dialogue opened, SessionSockets sockets) throws IOException {
        this.opened = opened;
        this.connection = sockets.connection();
        this.replies = new ReplyReader(sockets.input());
        this.out = sockets.output();
    }

    /** Writes a command, to leave with what follows. In UTF-8, of which ASCII is a part. */
    void command(String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
        write(CRLF, 0, CRLF.length);
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        int taken = 0;
        if (length <= collected.length - count || count > 0) {
            taken = Math.min(length, collected.length - count);
            System.arraycopy(bytes, offset, collected, count, taken);
            count += taken;
        }
        if (taken < length) {
            flush();
            int left = length - taken;
            if (left >= collected.length) {
                out.write(bytes, offset + taken, left);
            } else {
                write(bytes, offset + taken, left);
            }
        }
    }

    /**
     * Sends what was written. When it fails, the last octet has not been handed to the system, so that the relay cannot
     * have all of it: neither the JDK's TCP socket nor its TLS socket fails after that.
     */
    void flush() throws IOException {
        int length = count;
        count = 0; // What has failed once does not leave later.
        if (length > 0) {
            out.write(collected, 0, length);
        }
    }

    /** Hears the reply to what was asked, which leaves first if it has not yet. */
    Reply listen(String asked) throws IOException {
        flush();
        try {
            return replies.next();
        } catch (SocketTimeoutException e) {
            opened.abort("no reply to " + asked + " in time");
            throw e;
        }
    }

    /** Says a command and hears the reply. */
    Reply say(String command) throws IOException {
        command(command);
        return listen(command);
    }

    void replyWithin(Duration limit) throws SocketException {
        connection.setSoTimeout(Math.toIntExact(limit.toMillis()));
    }

    /** Whether something has come that no reply was due for; costs nothing. */
    boolean saidMore() {
        return replies.ahead();
    }

    /** Whether the relay says nothing unasked, nor has closed the connection. Takes a millisecond when all is well. */
    boolean quiet(Duration patience) throws SocketException {
        replyWithin(A_MOMENT);
        try {
            return replies.silent();
        } catch (IOException e) {
            return false;
        } finally {
            if (!connection.isClosed()) {
                replyWithin(patience);
            }
        }
    }
}
