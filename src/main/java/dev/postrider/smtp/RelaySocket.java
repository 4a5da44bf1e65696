package dev.postrider.smtp;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/**
 * The TCP connection under a session. Adds to a plain socket what the JDK lacks: a limit on how long a write may be
 * stuck, a deadline for the whole transaction, and a look at whether plaintext follows the reply to STARTTLS.
 *
 * <p>Both limits are enforced by {@link Watchdog} from another thread; closing the TCP connection is the one thing that
 * frees a blocked write, closing the TLS socket above it would wait for the same write.
 */
final class RelaySocket extends Socket {

    private static final long NEVER = Long.MAX_VALUE;

    private final long writeTimeoutNanos;
    private volatile long writingSince = NEVER;
    private volatile long deadline = NEVER;
    private volatile boolean readAhead;
    private volatile String closedBecause;
    private InputStream in;
    private OutputStream out;

    RelaySocket(Duration writeTimeout) throws IOException {
        this.writeTimeoutNanos = writeTimeout.toNanos();
        setTcpNoDelay(true); // Else each TLS session starts with the 40 ms of a delayed acknowledgement.
    }

    /** From now on read as much as there is: TLS has begun, or is not going to. */
    void readAhead() {
        readAhead = true;
    }

    /**
     * Whether there are bytes nobody has read yet. Before TLS begins that is plaintext nobody has asked for (RFC 3207 §6,
     * CVE-2011-0411); on a session at rest it may be a goodbye.
     */
    boolean pending() throws IOException {
        return getInputStream().available() > 0;
    }

    /** Starts the clock of a transaction. */
    void deadlineIn(Duration limit) {
        deadline = System.nanoTime() + limit.toNanos();
    }

    void noDeadline() {
        deadline = NEVER;
    }

    /** Closes the connection when a limit is passed. */
    void enforce(long now) {
        long since = writingSince;
        if (since != NEVER && now - since > writeTimeoutNanos) {
            abort("the relay read nothing for " + Duration.ofNanos(now - since).toSeconds() + " s");
        } else if (deadline != NEVER && now - deadline > 0) {
            abort("the deadline has passed");
        }
    }

    /** Why it was closed from our side; empty when it was not. */
    String closedBecause() {
        return closedBecause == null ? "" : closedBecause;
    }

    void abort(String reason) {
        if (closedBecause == null) {
            closedBecause = reason;
        }
        try {
            close();
        } catch (IOException e) {
            // Nothing is left to do for a connection that is given up.
            closedBecause = reason + " (" + e.getMessage() + ")";
        }
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (in == null) {
            in = new LineByLine(super.getInputStream());
        }
        return in;
    }

    @Override
    public synchronized OutputStream getOutputStream() throws IOException {
        if (out == null) {
            out = new TimedWrites(super.getOutputStream());
        }
        return out;
    }

    /**
     * Hands out no byte past the end of a line, so that whatever the relay sent beyond its reply to STARTTLS is still
     * here to be seen instead of in somebody's buffer. Costs a read per byte, for the few lines before TLS begins.
     */
    private final class LineByLine extends FilterInputStream {

        LineByLine(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (readAhead || length == 0) {
                return super.read(bytes, offset, length);
            }
            int count = 0;
            while (count < length) {
                int next = super.read();
                if (next < 0) {
                    return count == 0 ? -1 : count;
                }
                bytes[offset + count++] = (byte) next;
                if (next == '\n') {
                    break;
                }
            }
            return count;
        }
    }

    private final class TimedWrites extends FilterOutputStream {

        TimedWrites(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writingSince = System.nanoTime();
            try {
                out.write(bytes, offset, length);
            } finally {
                writingSince = NEVER;
            }
        }
    }
}
