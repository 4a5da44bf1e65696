package dev.postrider;

import static dev.postrider.fixture.KafkaInstallation.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.ApplicationLaunch;
import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.KafkaInstallation;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.Requests;
import dev.postrider.fixture.SharedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the relay puts off is tried again, those recipients only, from topic and folder, across restarts. */
@ExtendWith(SharedBroker.class)
class DeferralIT {

    private static final String BUSY = "RCPT TO:<busy@example.org>";

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
    void aDeferredRecipientIsTriedAgainAloneAfterPartialAcceptance() {
        broker.createTopic(installation.requests(), 2);
        installation.relay().replyOnce(BUSY, "451 4.2.1 busy");
        installation.send(Requests.to("order", "ann@example.org", "busy@example.org"));

        try (PackagedApplication application = onTopic("1s,1h").start()) {
            List<ReceivedMessage> messages = installation.relay().awaitMessages(2);

            assertThat(messages.get(0).recipients()).containsExactly("ann@example.org");
            assertThat(messages.get(1).recipients()).containsExactly("busy@example.org");
            assertThat(messageId(messages.get(1))).isEqualTo(messageId(messages.get(0)));
            application.awaitOutput("deferred order for busy@example.org until .* \\(attempt 1\\): 451 4.2.1 busy");
            awaitSettled("1s");
            assertThat(broker.readAll(installation.deadLetters())).isEmpty();
        }
    }

    @Test
    void afterTheLastDelayItIsADeadLetterWithEveryAttempt() {
        broker.createTopic(installation.requests(), 1);
        installation.relay().replyTo(BUSY, "451 4.2.1 busy");
        installation.send(Requests.to("order", "ann@example.org", "busy@example.org"));

        try (PackagedApplication application = onTopic("1s,2s").start()) {
            application.awaitOutput("dead-lettered order: expired");
            ConsumerRecord<byte[], byte[]> letter =
                    broker.readAll(installation.deadLetters(), 1).get(0);

            assertThat(header(letter, "postrider-reason")).isEqualTo("expired");
            assertThat(header(letter, "postrider-remaining-recipients")).isEqualTo("busy@example.org");
            assertThat(header(letter, "postrider-source-topic")).isEqualTo(installation.requests());
            assertThat(header(letter, "postrider-history").split("451 4.2.1 busy", -1))
                    .hasSize(3 + 1);
            assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo("k");
            assertThat(installation.relay().messages()).hasSize(1);
            awaitSettled("1s");
            awaitSettled("2s");
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void whatIsTooLargeForItsRetryTopicIsADeadLetterAndNothingWaitsForIt() throws Exception {
        broker.createTopic(installation.requests(), 1);
        installation.relay().replyTo(BUSY, "451 4.2.1 busy");

        try (PackagedApplication application = onTopic("1s").start()) {
            application.awaitReady();
            limit(installation.retries("1s"), 600);
            installation.send(Requests.to("order", "ann@example.org", "busy@example.org")
                    .replace("\"text\": \"", "\"text\": \"" + "x".repeat(1_000)));
            ConsumerRecord<byte[], byte[]> letter =
                    broker.readAll(installation.deadLetters(), 1).get(0);

            assertThat(header(letter, "postrider-reason")).isEqualTo("too-large");
            assertThat(header(letter, "postrider-retryable")).isEqualTo("true");
            assertThat(header(letter, "postrider-remaining-recipients")).isEqualTo("busy@example.org");
            installation.awaitCommitted(1);
            assertThat(broker.readAll(installation.outcomes()))
                    .extracting(outcome -> new String(outcome.value(), StandardCharsets.UTF_8))
                    .satisfiesExactlyInAnyOrder(
                            outcome -> assertThat(outcome).contains("ann@example.org", "\"relayed\""),
                            outcome -> assertThat(outcome)
                                    .contains("\"id\":\"order/0.1/busy@example.org\"", "\"deferred\""),
                            outcome -> assertThat(outcome)
                                    .contains(
                                            "\"id\":\"order/0.1/busy@example.org/too-large\"",
                                            "\"failed\"",
                                            "\"reason\":\"too-large\""));
            assertThat(application.get("/q/health/ready").statusCode()).isEqualTo(200);
        }
    }

    private void limit(String topic, int bytes) throws Exception {
        ConfigEntry limit = new ConfigEntry("max.message.bytes", Integer.toString(bytes));
        broker.admin()
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    @Test
    void aDelayThatIsTakenOutOfTheConfigurationLosesNothing() {
        broker.createTopic(installation.requests(), 1);
        installation.relay().replyTo(BUSY, "451 4.2.1 busy");
        installation.send(Requests.to("order", "busy@example.org"));
        try (PackagedApplication application = onTopic("4s,1h").start()) {
            application.awaitOutput("deferred order");
            broker.readAll(installation.retries("4s"), 1);
            application.kill();
        }
        installation.relay().clearReplies();

        try (PackagedApplication application = onTopic("2h").start()) {
            installation.relay().awaitMessages(1);

            awaitSettled("4s");
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void deferredFilesOutliveTheProcessAndKeepTheirAttempts() {
        installation.relay().replyTo(BUSY, "451 4.2.1 busy");
        installation.around().drop("order.json", Requests.to("order", "ann@example.org", "busy@example.org"));
        try (PackagedApplication application = inFolder("5s,1h").start()) {
            application.awaitOutput("deferred order for busy@example.org");
            installation.around().awaitFiles(".work", 0);
            application.kill();
        }
        assertThat(installation.around().files(".deferred")).hasSize(2);
        installation.relay().clearReplies();

        try (PackagedApplication application = inFolder("5s").start()) {
            List<ReceivedMessage> messages = installation.relay().awaitMessages(2);

            assertThat(messages.get(1).recipients()).containsExactly("busy@example.org");
            assertThat(messageId(messages.get(1))).isEqualTo(messageId(messages.get(0)));
            installation.around().awaitFiles(".done", 1);
            installation.around().awaitFiles(".deferred", 0);
            assertThat(installation.around().files(".done")).containsExactly("order.json");
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void aDeferredFileThatExpiresIsParkedUnderItsOwnName() {
        installation.relay().replyTo(BUSY, "451 4.2.1 busy");
        installation.around().drop("order.json", Requests.to("order", "ann@example.org", "busy@example.org"));

        try (PackagedApplication application = inFolder("1s,1s").start()) {
            installation.around().awaitFiles("dead-letters", 2);
            installation.around().awaitFiles(".deferred", 0);

            assertThat(installation.around().files("dead-letters"))
                    .containsExactly("order.json", "order.json.failure.json");
            assertThat(installation.around().read("dead-letters/order.json.failure.json"))
                    .contains("\"expired\"")
                    .contains("\"remainingRecipients\" : [ \"busy@example.org\" ]");
            assertThat(installation.relay().messages()).hasSize(1);
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void aMessageThatMayHaveArrivedIsParkedWhereTheRequestSaysSo() {
        installation.relay().disconnectAt("end-of-data");
        installation
                .around()
                .drop(
                        "order.json",
                        Requests.to("order", "ann@example.org")
                                .replace("\"text\"", "\"onUnknown\": \"park\", \"text\""));

        try (PackagedApplication application = inFolder("1s").start()) {
            installation.around().awaitFiles("dead-letters", 2);

            assertThat(installation.around().read("dead-letters/order.json.failure.json"))
                    .contains("\"reason\" : \"unknown\"")
                    .contains("FINAL_DOT");
            assertThat(application.running()).isTrue();
        }
    }

    private ApplicationLaunch onTopic(String delays) {
        return installation.launch().with("postrider.retry.delays", delays);
    }

    private ApplicationLaunch inFolder(String delays) {
        return installation.around().launchWithFolder().with("postrider.retry.delays", delays);
    }

    /** The one record of this retry topic is committed, on whichever partition it is. */
    private void awaitSettled(String delay) {
        String topic = installation.retries(delay);
        int partition = broker.readAll(topic, 1).get(0).partition();
        installation.awaitCommitted(installation.group() + "-retries", topic, partition, 1);
    }

    private static String messageId(ReceivedMessage message) {
        return message.text()
                .lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElseThrow();
    }
}
