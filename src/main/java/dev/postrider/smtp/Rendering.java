package dev.postrider.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A message while it is rendered, line ends made CRLF: kept here as long as it is small, else handed on piece by piece. One
 * for all messages of a session, so that nothing is allocated for each. For one thread.
 */
final class Rendering extends OutputStream {

    /** What is kept at most, and so what is wasted at most when it is sent along with recipients that are all refused. */
    static final int SMALL = 256 * 1024;

    private static final int AT_FIRST = 8 * 1024;

    private byte[] bytes = new byte[AT_FIRST];
    private int count;
    private long total;
    private int bits;
    private byte last;
    private Receiver receiver = (piece, length) -> {};
    private boolean failed;

    /** Takes the pieces of a message that is not small. */
    interface Receiver {
        void piece(byte[] bytes, int length) throws IOException;
    }

    /** A new message begins. */
    void begin(Receiver next) {
        count = 0;
        total = 0;
        bits = 0;
        last = '\n';
        failed = false;
        receiver = next;
    }

    /** The message has ended: completes the last line (RFC 5321 §4.1.1.4). */
    void end() throws IOException {
        if (last != '\n' && last != '\r') {
            lineEnd();
        }
    }

    /** What is kept: all of it while the message is small, else what follows the last piece. */
    byte[] bytes() {
        return bytes;
    }

    /** How many of them count. */
    int length() {
        return count;
    }

    /** Octets so far, dots not doubled: what SIZE is about (RFC 1870 §6.1). */
    long total() {
        return total + count;
    }

    /** Whether an octet above 127 has been among them. */
    boolean eightBit() {
        return bits < 0;
    }

    /** Whether it was the receiver that failed, and not the message. */
    boolean failed() {
        return failed;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] text, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        byte before = last;
        for (int i = offset; i < end; i++) {
            byte now = text[i];
            bits |= now;
            if (now == '\r' || now == '\n') {
                put(text, from, i - from);
                from = i + 1;
                // RFC 5321 §2.3.8: neither may be sent without the other.
                if (now == '\r' || before != '\r') {
                    lineEnd();
                }
            }
            before = now;
        }
        last = before;
        put(text, from, end - from);
    }

    private void lineEnd() throws IOException {
        put((byte) '\r');
        put((byte) '\n');
    }

    private void put(byte b) throws IOException {
        if (count == bytes.length) {
            makeRoom();
        }
        bytes[count++] = b;
    }

    private void put(byte[] text, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            if (count == bytes.length) {
                makeRoom();
            }
            int taken = Math.min(length - done, bytes.length - count);
            System.arraycopy(text, offset + done, bytes, count, taken);
            count += taken;
            done += taken;
        }
    }

    private void makeRoom() throws IOException {
        if (bytes.length < SMALL) {
            bytes = Arrays.copyOf(bytes, Math.min(SMALL, bytes.length * 2));
            return;
        }
        failed = true;
        receiver.piece(bytes, count);
        failed = false;
        total += count;
        count = 0;
    }
}
