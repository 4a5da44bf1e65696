package dev.postrider.demo;

import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.fixture.TestAuthority;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The broker, the relay, and the application between them. May be closed at any time and by any thread. */
final class Peers implements AutoCloseable {

    static final String REQUESTS = "mail.requests";
    static final String DEAD_LETTERS = "mail.dead-letters";
    private static final String USER = "postrider";
    private static final String PASSWORD = "over-hill-and-dale";

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean closed;
    private KafkaBroker broker;
    private ScriptedRelay relay;
    private PackagedApplication application;

    /** Returns when the application says it is ready. */
    void start(DemoSettings settings, DemoFolder folder) throws IOException {
        broker = started(settings.kafkaPort() == 0 ? KafkaBroker.start() : KafkaBroker.startOn(settings.kafkaPort()));
        broker.createTopic(REQUESTS, 1);
        broker.createTopic(DEAD_LETTERS, 1);

        TestAuthority authority = TestAuthority.create();
        relay = started(ScriptedRelay.startTls(authority.issue("localhost", "127.0.0.1"))
                .onPort(settings.relayPort())
                .auth(USER, PASSWORD)
                .replyTo("RCPT TO:<nobody@", "550 5.1.1 no such user here")
                .replyTo("RCPT TO:<busy@", "451 4.2.1 mailbox busy, try again later")
                .start());

        folder.writeSettings(broker.port(), relay.port(), USER, PASSWORD, authority.certificatePem());
        folder.writeCommands(broker.bootstrapServers());
        application = started(PackagedApplication.launch()
                .with("quarkus.http.port", Integer.toString(settings.httpPort()))
                .workingDirectory(folder.path())
                .start());
        awaitReady();
    }

    private void awaitReady() {
        try {
            application.awaitReady();
        } catch (AssertionError e) {
            throw new CannotGoOn(application.output().stream()
                    .filter(line -> line.startsWith("postrider did not start"))
                    .findFirst()
                    .orElse(e.getMessage()));
        }
    }

    KafkaBroker broker() {
        return broker;
    }

    ScriptedRelay relay() {
        return relay;
    }

    PackagedApplication application() {
        return application;
    }

    private synchronized <T extends AutoCloseable> T started(T peer) {
        started.push(peer);
        if (closed) {
            close();
            throw new CannotGoOn("ended while it was starting");
        }
        return peer;
    }

    /** In the opposite order; the application first, so that it can still commit what it has done. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!started.isEmpty()) {
            end(started.pop());
        }
    }

    private static void end(AutoCloseable peer) {
        try {
            if (peer instanceof PackagedApplication process && process.running()) {
                process.terminate();
            }
            peer.close();
        } catch (Exception | AssertionError wouldNot) {
            // Then it ends with this process.
        }
    }
}
