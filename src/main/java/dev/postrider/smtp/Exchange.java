package dev.postrider.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Commands out, replies in, with a relay. What is written is collected and leaves at once, when it is
 * {@linkplain #flush flushed} or a reply is listened for: that makes a group of commands one flight (RFC 2920 §3.1).
 *
 * <p>Used by one thread at a time; only {@link #abort} may come from another.
 */
final class Exchange {

    private static final int COLLECTED = 16 * 1024; // A TLS record; a small message with its commands fits.
    private static final Duration A_MOMENT = Duration.ofMillis(1);
    private static final byte[] CRLF = {'\r', '\n'};

    private final RelaySocket connection;
    private final Socket socket;
    private final ReplyReader replies;
    private final OutputStream out;
    private final byte[] collected = new byte[COLLECTED];
    private int count;
    private Duration patience = Duration.ofSeconds(30);
    private Duration patienceWithAsking = patience;

    /** @param socket the connection itself, or the TLS socket over it */
    Exchange(RelaySocket connection, Socket socket) throws IOException {
        this.connection = connection;
        this.socket = socket;
        this.replies = new ReplyReader(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    Socket socket() {
        return socket;
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
        return Reply.parse(listenToLines(asked));
    }

    /** The same, as it came: lines with their code, separated by CRLF. */
    String listenToLines(String asked) throws IOException {
        flush();
        connection.readWithin(patience);
        try {
            return replies.nextLines();
        } catch (SocketTimeoutException e) {
            connection.abort("no reply to " + asked + " in time");
            throw e;
        }
    }

    /** Says a command and hears the reply. */
    Reply say(String command) throws IOException {
        command(command);
        return listen(command);
    }

    /** Says a command that takes the relay no thought: others wait for its reply, and not for long. */
    Reply ask(String command) throws IOException {
        Duration before = patience;
        patience = patienceWithAsking;
        try {
            return say(command);
        } finally {
            patience = before;
        }
    }

    /** From now on a reply has to be complete after this time. */
    void replyWithin(Duration limit) {
        patience = limit;
    }

    /** The same for what is {@linkplain #ask asked}. */
    void answerWithin(Duration limit) {
        patienceWithAsking = limit;
    }

    /** Whether something has come that no reply was due for; costs nothing. */
    boolean saidMore() {
        return replies.ahead();
    }

    /** Whether the relay says nothing unasked, nor has closed the connection. Takes a millisecond when all is well. */
    boolean quiet() {
        return silentFor(A_MOMENT);
    }

    boolean silentFor(Duration time) {
        connection.readWithin(time);
        try {
            return replies.silent();
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the relay has sent something that was not read yet; costs next to nothing. */
    boolean pending() {
        try {
            return connection.pending();
        } catch (IOException e) {
            return true; // What there is to read is that it is closed.
        }
    }

    /** From now on the dialogue may go on for this long. */
    void deadlineIn(Duration limit) {
        connection.deadlineIn(limit);
    }

    void noDeadline() {
        connection.noDeadline();
    }

    /** Drops the connection without a word. May come from another thread. */
    void abort(String reason) {
        connection.abort(reason);
    }

    /** Why we dropped the connection; {@code ""} when it was not us. */
    String abortedBecause() {
        return connection.closedBecause();
    }
}
