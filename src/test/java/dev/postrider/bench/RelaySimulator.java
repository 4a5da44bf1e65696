package dev.postrider.bench;

import dev.postrider.fixture.Identity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/**
 * A relay that takes every message and answers after a fixed time. It has a port for each offer and each delay, a thread
 * for each session, and keeps nothing but counts. Thread-safe.
 *
 * <p>As a process of its own it prints {@code port <offer> <millis> <port>} for each of them, and a count for each line it
 * reads; it ends with its input.
 */
final class RelaySimulator implements AutoCloseable {

    private static final int BACKLOG = 256;

    private final RelayTally tally = new RelayTally();
    private final List<ServerSocket> listeners = new ArrayList<>();
    private final SSLSocketFactory tls;

    RelaySimulator(Identity identity) {
        this.tls = identity.serverContext().getSocketFactory();
    }

    /** @param args the folder for its authority, then the delays in milliseconds */
    public static void main(String... args) throws IOException {
        Identity identity = BenchAuthority.create(Path.of(args[0]));
        try (RelaySimulator relay = new RelaySimulator(identity)) {
            for (Offer offer : Offer.values()) {
                for (int i = 1; i < args.length; i++) {
                    int port = relay.listen(offer, Duration.ofMillis(Long.parseLong(args[i])));
                    System.out.println("port " + offer.name() + " " + args[i] + " " + port);
                }
            }
            System.out.println("ready");
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            while (in.readLine() != null) {
                RelayTally.Count count = relay.tally.count();
                System.out.println("count " + count.messages() + " " + count.bytes() + " " + count.faults());
            }
        }
    }

    RelayTally.Count count() {
        return tally.count();
    }

    /** Opens one more port, and says which. */
    int listen(Offer offer, Duration delay) {
        try {
            ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            listeners.add(listener);
            RelayReplies replies = new RelayReplies(delay);
            start("port-" + listener.getLocalPort(), () -> accept(listener, offer, replies));
            return listener.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the relay", e);
        }
    }

    private void accept(ServerSocket listener, Offer offer, RelayReplies replies) {
        try {
            while (true) {
                Socket client = listener.accept();
                start("session", new RelayDialogue(client, offer, replies, tally, tls));
            }
        } catch (IOException e) {
            return; // Closed.
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        for (ServerSocket listener : listeners) {
            try {
                listener.close();
            } catch (IOException e) {
                throw new UncheckedIOException("the relay did not close", e);
            }
        }
    }
}
