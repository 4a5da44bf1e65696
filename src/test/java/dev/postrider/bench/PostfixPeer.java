package dev.postrider.bench;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/** Postfix as a relay before the relay: what is measured is how fast it empties its queue, not how fast that is filled. */
final class PostfixPeer implements Peer {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RelayProcess relay;
    private final Path home;
    private final int messages;
    private Optional<Postfix> postfix = Optional.empty();

    PostfixPeer(RelayProcess relay, Path home, int messages) {
        this.relay = relay;
        this.home = home;
        this.messages = messages;
    }

    @Override
    public String name() {
        return Peers.POSTFIX;
    }

    @Override
    public void enter(Cell cell) throws Exception {
        postfix = Optional.of(Postfix.start(
                Files.createTempDirectory(home, "postfix-"), relay.port(cell.offer(), cell.delay()), cell.sessions()));
        Waiting.until("Postfix listens", PATIENCE, this::listens);
        prepare(cell);
        run(cell);
    }

    @Override
    public void prepare(Cell cell) throws Exception {
        Postfix queue = postfix.orElseThrow();
        queue.hold();
        Session session = Session.getInstance(new Properties());
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(Client.HOST, queue.port(), null, null);
            for (int i = 0; i < messages; i++) {
                Message message = AngusClient.message(session, cell.letter());
                transport.sendMessage(message, message.getAllRecipients());
            }
        }
        Waiting.until("all messages are in the queue", PATIENCE, () -> queue.waiting() >= messages);
    }

    @Override
    public Client.Stint run(Cell cell) throws Exception {
        long before = relay.count().messages();
        postfix.orElseThrow().release();
        // Its restart is no part of it: counted from the first message that comes.
        relay.awaitMessages(before + 1, PATIENCE);
        long start = System.nanoTime();
        relay.awaitMessages(before + messages, PATIENCE);
        return new Client.Stint(messages, Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public void leave() {
        close();
    }

    /** Its daemons come and go, and take what they have used with them. */
    @Override
    public Usage usage() {
        return Usage.unknown();
    }

    @Override
    public void close() {
        postfix.ifPresent(Postfix::stop);
        postfix = Optional.empty();
    }

    private boolean listens() {
        try (Socket socket = new Socket(Client.HOST, postfix.orElseThrow().port())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
