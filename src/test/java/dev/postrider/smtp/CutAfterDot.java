package dev.postrider.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A wire between us and a relay that breaks at the worst moment: the relay has said its 250 after the final dot, and it
 * does not reach us. The first so many times; later on it holds.
 */
final class CutAfterDot implements AutoCloseable {

    private final ServerSocket front;
    private final int relayPort;
    private final AtomicInteger cuts;

    CutAfterDot(int relayPort, int cuts) throws IOException {
        this.front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.relayPort = relayPort;
        this.cuts = new AtomicInteger(cuts);
        begin("accept", this::accept);
    }

    int port() {
        return front.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = front.accept();
            Socket relay = new Socket(InetAddress.getLoopbackAddress(), relayPort);
            begin("up", () -> pump(client, relay));
            begin("down", () -> pump(relay, client));
        }
    }

    /** Copies what comes; the word "queued" in it is where the wire is cut. */
    private void pump(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                String text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
                if (text.contains("queued") && cuts.getAndDecrement() > 0) {
                    return;
                }
                out.write(buffer, 0, count);
            }
        }
    }

    private void begin(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One end has gone, and so does this.
                        Thread.currentThread().interrupt();
                    }
                },
                "wire-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            front.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Work {
        void run() throws IOException;
    }
}
