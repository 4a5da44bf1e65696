package dev.postrider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.KafkaInstallation;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.Requests;
import dev.postrider.fixture.SharedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An instance that stands still holds up nobody, and does not do again what others have done meanwhile. */
@ExtendWith(SharedBroker.class)
class PausedInstanceIT {

    private static final int SESSIONS = 8;

    /** Taken by the relay just before the stop, and not noted yet. */
    private static final int JUST_TAKEN = 4;

    private KafkaBroker broker;

    @TempDir
    Path home;

    private KafkaInstallation installation;

    @BeforeEach
    void install(KafkaBroker broker, TestInfo test) {
        this.broker = broker;
        installation = KafkaInstallation.of(broker, home, test);
    }

    @AfterEach
    void remove() {
        installation.close();
    }

    @Test
    void whatAnotherInstanceHasTakenOverDoesNotBeginWhenTheStoppedOneWakes() throws Exception {
        broker.createTopic(installation.requests(), 2);
        installation.relay().replyDelay(Duration.ofMillis(50));
        send(2, 0, 400);

        try (PackagedApplication stopped = installation.launch().start()) {
            installation.relay().awaitMessages(40);
            signal("STOP", stopped);
            try (PackagedApplication other = installation.launch().start()) {
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> new HashSet<>(installation.relayedIds()).size() == 400);
                signal("CONT", stopped);
                stopped.awaitOutput("joining the group anew");
                send(2, 400, 500);
                installation.awaitCommitted(installation.group(), installation.requests(), 0, 250);
                installation.awaitCommitted(installation.group(), installation.requests(), 1, 250);
                stopped.terminate();

                assertThat(new HashSet<>(installation.relayedIds())).hasSize(500);
                assertThat(installation.relayedIds()).hasSizeLessThanOrEqualTo(500 + SESSIONS + JUST_TAKEN);
                assertThat(other.running()).isTrue();
            }
        }
    }

    @Test
    void manyRequestsWithTheIdOfOneThatHangsHoldUpNobodyElse() {
        broker.createTopic(installation.requests(), 1);
        installation.relay().hangAt("RCPT TO:<stuck@example.org>");
        for (int n = 0; n < 40; n++) {
            installation.send(Requests.to("same", "stuck@example.org"));
        }
        send(1, 0, 10);

        try (PackagedApplication application = installation.launch().start()) {
            installation.relay().awaitMessages(10);
            application.awaitReady();

            assertThat(broker.readAll(installation.retries("1m"), 39)).hasSize(39);
            assertThat(installation.relayedIds()).hasSize(10).doesNotContain("same");
            assertThat(broker.readAll(installation.deadLetters())).isEmpty();
        }
    }

    @Test
    void manyFilesWithTheIdOfOneThatHangsHoldUpNobodyElse() {
        installation.relay().hangAt("RCPT TO:<stuck@example.org>");
        for (int n = 0; n < 40; n++) {
            installation.around().drop("same-" + n + ".json", Requests.to("same", "stuck@example.org"));
        }
        for (int n = 0; n < 10; n++) {
            installation.around().drop("z" + n + ".json", Requests.to("n" + n, "ann@example.org"));
        }

        try (PackagedApplication application =
                installation.around().launchWithFolder().start()) {
            installation.relay().awaitMessages(10);
            installation.around().awaitFiles(".deferred", 2 * 39); // Each with its note.

            assertThat(installation.relayedIds()).hasSize(10).doesNotContain("same");
            assertThat(installation.around().files("dead-letters")).isEmpty();
            assertThat(application.running()).isTrue();
        }
    }

    private void send(int partitions, int from, int to) {
        broker.sendAll(IntStream.range(from, to)
                .mapToObj(n -> new ProducerRecord<>(
                        installation.requests(),
                        n % partitions,
                        null,
                        Requests.to("n" + n, "ann@example.org").getBytes(UTF_8))));
    }

    private static void signal(String signal, PackagedApplication application) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(application.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
