package dev.postrider.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Replies on their way back, which takes a fixed time from the arrival of the command: as on a line with that round trip,
 * several are under way at once and none waits for another. Thread-safe.
 */
final class RelayReplies {

    private final Duration delay;
    private final BlockingQueue<Reply> underWay = new LinkedBlockingQueue<>();

    private record Reply(long due, OutputStream to, byte[] text) {}

    RelayReplies(Duration delay) {
        this.delay = delay;
        if (!delay.isZero()) {
            Thread carrier = new Thread(this::carry, "replies-" + delay.toMillis());
            carrier.setDaemon(true);
            carrier.start();
        }
    }

    /** Written when its time has come; order is kept, since each takes the same time. */
    void send(long arrived, OutputStream to, byte[] text) throws IOException {
        if (delay.isZero()) {
            to.write(text);
        } else {
            underWay.add(new Reply(arrived + delay.toNanos(), to, text));
        }
    }

    /** Likewise, but returns only when it is written: for what nothing may follow before it is answered. */
    void sendAndWait(long arrived, OutputStream to, byte[] text) throws IOException {
        await(arrived + delay.toNanos());
        to.write(text);
    }

    private void carry() {
        try {
            while (true) {
                Reply next = underWay.take();
                await(next.due);
                write(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Reply reply) {
        try {
            reply.to.write(reply.text);
        } catch (IOException | UncheckedIOException e) {
            return; // The client has gone; its reader finds out.
        }
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
