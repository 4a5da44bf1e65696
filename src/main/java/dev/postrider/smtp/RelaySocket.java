package dev.postrider.smtp;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The TCP connection under a session. Adds to a plain socket what the JDK lacks: a limit for several reads together, also those
 * that TLS makes (SO_TIMEOUT is for each of them), a limit on how long a write may be stuck, and a deadline for the whole
 * transaction.
 *
 * <p>The last two are enforced by {@link Watchdog} from another thread; closing the TCP connection is the one thing that
 * frees a blocked write, closing the TLS socket above it would wait for the same write.
 */
final class RelaySocket extends Socket {

    private static final long NEVER = Long.MAX_VALUE;

    private final long writeTimeoutNanos;
    private volatile long writingSince = NEVER;
    private volatile long deadline = NEVER;
    private volatile String closedBecause;
    private long readBy = NEVER;
    private int soTimeout;
    private int firstOctet = -1;
    private InputStream in;
    private OutputStream out;

    RelaySocket(Duration writeTimeout) throws IOException {
        this.writeTimeoutNanos = writeTimeout.toNanos();
        setTcpNoDelay(true); // Else each TLS session starts with the 40 ms of a delayed acknowledgement.
    }

    /** All that is read from now on has to come within this time; after it reads fail with {@link SocketTimeoutException}. */
    void readWithin(Duration limit) {
        readBy = System.nanoTime() + limit.toNanos();
    }

    /** Whether what the relay sent first may be TLS: a handshake, or an alert (RFC 8446 §5.1). */
    boolean heardTls() {
        return firstOctet == 22 || firstOctet == 21;
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
            in = new TimedReads(super.getInputStream());
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

    private final class TimedReads extends FilterInputStream {

        TimedReads(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            limitNextRead();
            int count = in.read(bytes, offset, length);
            if (firstOctet < 0 && count > 0) {
                firstOctet = bytes[offset] & 0xff;
            }
            return count;
        }

        private void limitNextRead() throws IOException {
            if (readBy == NEVER) {
                return;
            }
            long left = readBy - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("the time for reading is up");
            }
            int millis = (int) Math.min(Integer.MAX_VALUE, (left + 999_999) / 1_000_000);
            if (millis != soTimeout) {
                setSoTimeout(millis);
                soTimeout = millis;
            }
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
