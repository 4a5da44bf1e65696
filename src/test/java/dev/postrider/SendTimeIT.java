package dev.postrider;

import static dev.postrider.fixture.KafkaInstallation.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.ApplicationLaunch;
import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.KafkaInstallation;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.RelayWatch;
import dev.postrider.fixture.Requests;
import dev.postrider.fixture.SharedBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A request is relayed within its time: not before {@code sendAt}, not after {@code expiresAt}, across restarts. */
@ExtendWith(SharedBroker.class)
class SendTimeIT {

    private static final int EACH = 40;

    private KafkaBroker broker;

    @TempDir
    Path home;

    private KafkaInstallation installation;

    @BeforeEach
    void install(KafkaBroker broker, TestInfo test) {
        this.broker = broker;
        installation = KafkaInstallation.of(broker, home, test);
        broker.createTopic(installation.requests(), 1);
        // So that they are read from the start: those made by the application are found a while later.
        Stream.of("1s", "3s", "10s").forEach(delay -> broker.createTopic(installation.retries(delay), 1));
    }

    @AfterEach
    void remove() {
        installation.close();
    }

    @Test
    void whatWaitsIsRelayedOnceAndNeverBeforeItsTimeWhateverHappensMeanwhile() {
        Queue<Instant> arrived = new ConcurrentLinkedQueue<>();
        installation.relay().watch(new Arrivals(arrived));
        Instant sendAt;

        try (PackagedApplication application = onTopicAndInFolder().start()) {
            application.awaitReady();
            sendAt = Instant.now().plusSeconds(18);
            for (int n = 0; n < EACH; n++) {
                installation.send(event(n % 2, request("topic-" + n, "sendAt", sendAt)));
                installation.around().drop(n + ".json", event(n % 2, request("file-" + n, "sendAt", sendAt)));
            }
            installation.awaitCommitted(EACH);
            installation.around().awaitFiles(".deferred", 2 * EACH);
            assertThat(installation.around().files("inbox")).isEmpty();
            assertThat(installation.around().files(".work")).isEmpty();
            broker.readAll(installation.retries("1s"), EACH + 1); // In the middle of the last hops.
            application.kill();
            assertThat(application.output())
                    .filteredOn(line -> line.contains("topic-7 waits until " + sendAt))
                    .hasSize(1);
        }
        assertThat(arrived).isEmpty();
        assertThat(Instant.now()).as("the test is of no use otherwise").isBefore(sendAt);

        try (PackagedApplication application = onTopicAndInFolder().start()) {
            installation.relay().awaitMessages(2 * EACH);
            installation.around().awaitFiles(".deferred", 0);
            Stream.of("10s", "1s").forEach(this::awaitSettled);

            assertThat(arrived).hasSize(2 * EACH).allMatch(time -> !time.isBefore(sendAt));
            assertThat(installation.relayedIds()).doesNotHaveDuplicates().hasSize(2 * EACH);
            assertThat(installation.around().files(".done")).hasSize(EACH);
            assertThat(broker.readAll(installation.deadLetters())).isEmpty();
            assertThat(broker.readAll(installation.outcomes()))
                    .extracting(outcome -> new String(outcome.value(), StandardCharsets.UTF_8))
                    .noneMatch(outcome -> outcome.contains("deferred") || outcome.contains("failed"));
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void whatCannotBePutAwayBeforeTheEndComesAgain() throws IOException {
        Path deferred = installation.around().spool().resolve(".deferred");
        // Another file system: no file can be renamed into it.
        Path elsewhere = Files.createTempDirectory(Path.of("/dev/shm"), "deferred");
        Instant sendAt = Instant.now().plus(Duration.ofDays(1));

        try (PackagedApplication application = onTopicAndInFolder().start()) {
            application.awaitReady();
            Files.delete(deferred);
            Files.createSymbolicLink(deferred, elsewhere);
            installation.around().drop("order.json", request("order", "sendAt", sendAt));
            application.awaitOutput("cannot put into .deferred/ the file inbox/order.json, trying until it works");
            application.terminate();
        }

        Files.delete(elsewhere); // No note was left in it.
        assertThat(installation.around().files(".work")).containsExactly("order.json");
        assertThat(installation.around().files(".done")).isEmpty();
    }

    @Test
    void whoIsLeftWhenItsTimePassesBeforeAStoppedLineIsADeadLetter() {
        installation.relay().replyOnce("RCPT TO:<busy@example.org>", "451 4.2.1 busy");

        try (PackagedApplication application = onTopicAndInFolder().start()) {
            application.awaitReady();
            Instant expiresAt = Instant.now().plusSeconds(10);
            installation.send(request("order", "expiresAt", expiresAt)
                    .replace("ann@example.org", "ann@example.org\", \"busy@example.org"));
            broker.readAll(installation.retries("3s"), 1);
            installation.relay().stopListening();
            installation.relay().disconnectAll();
            application.awaitOutput("the line stops");
            assertThat(Instant.now()).as("the test is of no use otherwise").isBefore(expiresAt);
            await().until(() -> Instant.now().isAfter(expiresAt));
            installation.relay().resumeListening();

            ConsumerRecord<byte[], byte[]> letter =
                    broker.readAll(installation.deadLetters(), 1).get(0);
            assertThat(header(letter, "postrider-reason")).isEqualTo("expired");
            assertThat(header(letter, "postrider-detail")).isEqualTo("expiresAt " + expiresAt + " has passed");
            assertThat(header(letter, "postrider-retryable")).isEqualTo("false");
            assertThat(header(letter, "postrider-remaining-recipients")).isEqualTo("busy@example.org");
            awaitSettled("3s");
            assertThat(installation.relay().messages()).hasSize(1);
            assertThat(told())
                    .containsExactly("ann@example.org relayed", "busy@example.org deferred", "busy@example.org failed");
            assertThat(application.running()).isTrue();
        }
    }

    private ApplicationLaunch onTopicAndInFolder() {
        return installation
                .launch()
                .with("postrider.folder.path", installation.around().spool().toString())
                .with("postrider.folder.poll-interval", "100ms")
                .with("postrider.retry.delays", "3s");
    }

    private static String request(String id, String field, Instant time) {
        return Requests.to(id, "ann@example.org").replace("\"text\"", "\"" + field + "\": \"" + time + "\", \"text\"");
    }

    /** Every other one as the data of an event. */
    private static String event(int odd, String request) {
        return odd == 0
                ? request
                : "{\"specversion\": \"1.0\", \"id\": \"e\", \"source\": \"/shop\", \"type\": \"order\", \"data\": "
                        + request + "}";
    }

    private List<String> told() {
        return broker.readAll(installation.outcomes()).stream()
                .map(outcome -> new String(outcome.value(), StandardCharsets.UTF_8))
                .map(outcome ->
                        outcome.replaceFirst(".*\"recipient\":\"([^\"]*)\",\"disposition\":\"([a-z]*)\".*", "$1 $2"))
                .toList();
    }

    /** All records of this retry topic are committed. */
    private void awaitSettled(String delay) {
        String topic = installation.retries(delay);
        int count = broker.readAll(topic).size();
        installation.awaitCommitted(installation.group() + "-retries", topic, 0, count);
    }

    /** Notes when messages have arrived. */
    private record Arrivals(Queue<Instant> times) implements RelayWatch {

        @Override
        public void accepted(ReceivedMessage message) {
            times.add(Instant.now());
        }
    }
}
