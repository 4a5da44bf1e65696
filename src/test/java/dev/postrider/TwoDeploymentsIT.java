package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.ApplicationLaunch;
import dev.postrider.fixture.Installation;
import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two deployments, each with its relay, share a cluster and nothing else. */
class TwoDeploymentsIT {

    private static final int EACH = 10;

    @TempDir
    Path home;

    private KafkaBroker broker;
    private Installation north;
    private Installation south;

    @BeforeEach
    void install() throws IOException {
        broker = KafkaBroker.start();
        north = Installation.in(Files.createDirectory(home.resolve("north")));
        south = Installation.in(Files.createDirectory(home.resolve("south")));
        broker.createTopic("north.requests", 1);
        broker.createTopic("south.requests", 1);
    }

    @AfterEach
    void remove() {
        north.close();
        south.close();
        broker.close();
    }

    @Test
    void whatIsDeferredOrWaitsForItsTimeGoesOutOnceOverTheRelayOfItsOwnDeployment() {
        try (PackagedApplication northern = launch(north, "north").start();
                PackagedApplication southern = launch(south, "south").start()) {
            northern.awaitReady();
            southern.awaitReady();
            sendAll("north", north);
            sendAll("south", south);

            assertThat(ids(north, 2 * EACH))
                    .hasSize(2 * EACH)
                    .doesNotHaveDuplicates()
                    .allMatch(id -> id.contains("north"));
            assertThat(ids(south, 2 * EACH))
                    .hasSize(2 * EACH)
                    .doesNotHaveDuplicates()
                    .allMatch(id -> id.contains("south"));
            assertThat(broker.topics())
                    .contains(
                            "north.mail.retries.1s", "north.mail.ledger", "south.mail.retries.1s", "south.mail.ledger")
                    .doesNotContain("mail.retries.1s", "mail.ledger", "mail.outcomes", "mail.dead-letters");
        }
    }

    @Test
    void whatAnotherDeploymentHasPutOnTheSameTopicIsLeftAloneAndTold() {
        north.relay().replyTo("RCPT TO:<ann@example.org>", "451 4.2.1 busy");
        try (PackagedApplication northern = sharing(north, "north").start()) {
            for (int n = 0; n < EACH; n++) {
                broker.send("north.requests", "k", Requests.to("north-" + n, "ann@example.org"));
            }
            northern.awaitReady();
            broker.readAll("mail.retries.1h", EACH);
            northern.terminate();
        }
        broker.readAll("mail.retries.1h").forEach(this::putWhereItIsDueNow);

        try (PackagedApplication southern = sharing(south, "south").start()) {
            southern.awaitOutput(
                    "left alone [0-9]+ deferred requests of other deployments, first mail.retries.1[sh]-0@0 of \"north\"");
            broker.send("south.requests", "k", Requests.to("south", "ann@example.org"));

            assertThat(ids(south, 1)).containsExactly("south");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(broker.committedOffset("south-retries", "mail.retries.1s", 0))
                            .hasValue(EACH));
            assertThat(broker.committedOffset("north-retries", "mail.retries.1s", 0))
                    .isEmpty();
        }
        north.relay().clearReplies();
        try (PackagedApplication northern = sharing(north, "north").start()) {
            assertThat(ids(north, EACH)).hasSize(EACH).doesNotHaveDuplicates();
            assertThat(northern.running()).isTrue();
        }
        assertThat(ids(south, 1)).containsExactly("south");
    }

    private void putWhereItIsDueNow(ConsumerRecord<byte[], byte[]> record) {
        record.headers().remove("postrider-due");
        record.headers().add(KafkaBroker.header("postrider-due", Instant.now().toString()));
        broker.send(new ProducerRecord<>("mail.retries.1s", 0, record.key(), record.value(), record.headers()));
    }

    /** The half of them is deferred once, the other half waits for its time. */
    private void sendAll(String name, Installation deployment) {
        for (int n = 0; n < EACH; n++) {
            String busy = "busy" + n + "@example.org";
            deployment.relay().replyOnce("RCPT TO:<" + busy + ">", "451 4.2.1 busy");
            broker.send(name + ".requests", "k", Requests.to(name + "-deferred-" + n, busy));
            broker.send(
                    name + ".requests",
                    "k",
                    Requests.to(name + "-later-" + n, "ann@example.org")
                            .replace(
                                    "\"text\"", "\"sendAt\": \"" + Instant.now().plusSeconds(3) + "\", \"text\""));
        }
    }

    private ApplicationLaunch launch(Installation installation, String name) {
        return installation
                .launch()
                .with("kafka.bootstrap.servers", broker.bootstrapServers())
                .with("postrider.kafka.group-id", name)
                .with("postrider.kafka.requests-topics", name + ".requests")
                .with("postrider.retry.delays", "1s,1h");
    }

    private ApplicationLaunch sharing(Installation installation, String name) {
        return launch(installation, name)
                .with("postrider.retry.delays", "1h")
                .with("postrider.kafka.retries-topics-prefix", "mail.retries");
    }

    private static List<String> ids(Installation installation, int count) {
        return installation.relay().awaitMessages(count).stream()
                .map(ReceivedMessage::text)
                .flatMap(text -> text.lines().filter(line -> line.startsWith("Subject: Order ")))
                .map(line -> line.substring("Subject: Order ".length()))
                .toList();
    }
}
