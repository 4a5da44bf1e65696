package dev.postrider.demo;

import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.fixture.TestAuthority;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The broker, the relay, and the application between them. May be closed at any time and by any thread. */
final class Peers implements AutoCloseable {

    static final String REQUESTS = "mail.requests";
    static final String RETRIES = "mail.retries.";
    static final String OUTCOMES = "mail.outcomes";
    static final String DEAD_LETTERS = "mail.dead-letters";
    private static final String USER = "postrider";
    private static final String PASSWORD = "over-hill-and-dale";

    private static final String TO_NOBODY = "RCPT TO:<nobody@";
    private static final String TO_BUSY = "RCPT TO:<busy@";
    private static final String REFUSED = "550 5.1.1 no such user here";
    private static final String PUT_OFF = "451 4.2.1 mailbox busy, try again later";

    private final DemoSettings settings;
    private final DemoFolder folder;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean closed;
    private KafkaBroker broker;
    private ScriptedRelay relay;
    private PackagedApplication application;

    Peers(DemoSettings settings, DemoFolder folder) {
        this.settings = settings;
        this.folder = folder;
    }

    /** Returns when the application says it is ready. */
    void start() throws IOException {
        broker = started(settings.kafkaPort() == 0 ? KafkaBroker.start() : KafkaBroker.startOn(settings.kafkaPort()));
        broker.createTopic(REQUESTS, 1);

        TestAuthority authority = TestAuthority.create();
        relay = started(ScriptedRelay.startTls(authority.issue("localhost", "127.0.0.1"))
                .onPort(settings.relayPort())
                .auth(USER, PASSWORD)
                .replyTo(TO_NOBODY, REFUSED)
                .replyOnce(TO_BUSY, PUT_OFF)
                .start());

        folder.writeSettings(broker.port(), relay.port(), USER, PASSWORD, authority.certificatePem());
        folder.writeCommands(broker.bootstrapServers());
        startApplication();
    }

    /** Also when it has ended. Returns when it says it is ready. */
    void startApplication() {
        application = started(PackagedApplication.launch()
                .with("quarkus.http.port", Integer.toString(settings.httpPort()))
                .workingDirectory(folder.path())
                .start());
        awaitReady();
    }

    /** Runs a command of the application, as a process of its own in the demo's folder; returns what it prints. */
    List<String> command(String... arguments) {
        PackagedApplication command = started(PackagedApplication.launch()
                .workingDirectory(folder.path())
                .arguments(arguments)
                .start());
        int code = command.awaitExit();
        if (code != 0) {
            throw new CannotGoOn(
                    String.join(" ", arguments) + " ended with " + code + ": " + String.join(" ", command.output()));
        }
        return command.output();
    }

    /** Nobody has got a mailbox. */
    void letNobodyIn() {
        relay.replyTo(TO_NOBODY, "250 2.1.5 welcome");
    }

    /** For as long as people like to look: nobody is refused again, and who is busy stays so. */
    void refuseForGood() {
        relay.clearReplies().replyTo(TO_NOBODY, REFUSED).replyTo(TO_BUSY, PUT_OFF);
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

    synchronized boolean closed() {
        return closed;
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
