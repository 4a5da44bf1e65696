package dev.postrider.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Answers every ClientHello as a server does that knows TLS 1.1 at most. */
final class OldTlsServer implements AutoCloseable {

    /** A record with a fatal alert, protocol_version (RFC 5246 §7.2). */
    private static final byte[] PROTOCOL_VERSION = {21, 3, 1, 0, 2, 2, 70};

    private final ServerSocket server;

    OldTlsServer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::answer, "old-tls");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void answer() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getOutputStream().write(PROTOCOL_VERSION);
                client.shutdownOutput();
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The client has gone, or the test is over: the loop's condition knows.
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
