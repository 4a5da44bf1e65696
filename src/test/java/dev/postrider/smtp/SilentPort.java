package dev.postrider.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port where connections are neither accepted nor refused, as behind a firewall: its backlog is full. */
final class SilentPort implements AutoCloseable {

    private final ServerSocket server;
    private final List<Socket> waiting = new ArrayList<>();

    SilentPort() throws IOException {
        this(InetAddress.getLoopbackAddress(), 0);
    }

    SilentPort(InetAddress address, int port) throws IOException {
        server = new ServerSocket(port, 1, address);
        while (connects()) {
            // Until there is no room.
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private boolean connects() throws IOException {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
            socket.connect(new InetSocketAddress(server.getInetAddress(), port()), 300);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : waiting) {
            socket.close();
        }
        server.close();
    }
}
