package dev.postrider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.ApplicationLaunch;
import dev.postrider.fixture.Installation;
import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.Requests;
import dev.postrider.fixture.SharedBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From a topic to the relay, with a real broker: in = out + dead letters, and the offset follows. */
@ExtendWith(SharedBroker.class)
class KafkaIT {

    private KafkaBroker broker;

    @TempDir
    Path home;

    private Installation installation;
    private String requests;
    private String deadLetters;

    @BeforeEach
    void install(KafkaBroker broker, TestInfo test) {
        this.broker = broker;
        installation = Installation.in(home);
        requests = test.getTestMethod().orElseThrow().getName() + ".requests";
        deadLetters = test.getTestMethod().orElseThrow().getName() + ".dead-letters";
    }

    @AfterEach
    void remove() {
        installation.close();
    }

    @Test
    void recordsOfAllPartitionsBecomeMessagesAndTheOffsetsAreCommitted() {
        topics(3);
        IntStream.range(0, 300).forEach(n -> broker.send(record(n % 3, Requests.to("n" + n, "ann@example.org"))));

        try (PackagedApplication application = launch().start()) {
            installation.relay().awaitMessages(300);

            awaitCommitted(0, 100);
            awaitCommitted(1, 100);
            awaitCommitted(2, 100);
            assertThat(installation.relay().messages()).hasSize(300).allMatch(ReceivedMessage::tls);
            assertThat(ids(installation.relay().messages()))
                    .doesNotHaveDuplicates()
                    .hasSize(300);
            assertThat(broker.readAll(deadLetters)).isEmpty();
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void whatIsRefusedKeepsKeyValueAndEveryHeaderAndSaysWhy() {
        topics(1);
        installation.relay().replyTo("RCPT TO:<nobody@example.org>", "550 5.1.1 no such user");
        String value = Requests.to("mixed", "ann@example.org", "nobody@example.org");
        broker.send(
                requests,
                "key",
                value,
                KafkaBroker.header("trace", "1"),
                KafkaBroker.header("trace", "2"),
                KafkaBroker.header("CamelFileName", "x"));

        try (PackagedApplication application = launch().start()) {
            ConsumerRecord<byte[], byte[]> letter =
                    broker.readAll(deadLetters, 1).get(0);

            assertThat(new String(letter.key(), UTF_8)).isEqualTo("key");
            assertThat(new String(letter.value(), UTF_8)).isEqualTo(value);
            assertThat(headers(letter, "trace")).containsExactly("1", "2");
            assertThat(headers(letter, "CamelFileName")).containsExactly("x");
            assertThat(headers(letter, "postrider-id")).containsExactly("mixed");
            assertThat(headers(letter, "postrider-reason")).containsExactly("refused");
            assertThat(headers(letter, "postrider-reply")).containsExactly("550 5.1.1 no such user");
            assertThat(headers(letter, "postrider-enhanced-code")).containsExactly("5.1.1");
            assertThat(headers(letter, "postrider-remaining-recipients")).containsExactly("nobody@example.org");
            assertThat(headers(letter, "postrider-retryable")).containsExactly("false");
            assertThat(headers(letter, "postrider-source-topic")).containsExactly(requests);
            assertThat(headers(letter, "postrider-source-partition")).containsExactly("0");
            assertThat(headers(letter, "postrider-source-offset")).containsExactly("0");
            assertThat(installation.relay().messages().get(0).recipients()).containsExactly("ann@example.org");
            awaitCommitted(0, 1);
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void aPoisonRecordAmongGoodOnesHoldsUpNobody() {
        topics(1);
        broker.send(requests, "a", Requests.to("good-1", "ann@example.org"));
        broker.send(requests, "b", "not JSON");
        broker.send(new ProducerRecord<>(requests, 0, null, null));
        broker.send(requests, "d", new byte[] {(byte) 0xff, (byte) 0xfe});
        broker.send(requests, "e", Requests.to("good-2", "ann@example.org"));

        try (PackagedApplication application = launch().start()) {
            awaitCommitted(0, 5);

            List<ConsumerRecord<byte[], byte[]>> letters = broker.readAll(deadLetters);
            assertThat(letters).hasSize(3);
            assertThat(letters)
                    .allMatch(letter -> headers(letter, "postrider-reason").contains("invalid-request"));
            assertThat(letters)
                    .filteredOn(letter -> letter.value() == null && letter.key() == null)
                    .hasSize(1);
            assertThat(ids(installation.relay().messages())).containsExactlyInAnyOrder("good-1", "good-2");
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void aRecordOfFortyMegabytesIsDeadLetteredWholeWhereItFitsAndTheNextGoesOut() throws Exception {
        Map<String, String> large = Map.of("max.message.bytes", Integer.toString(64 << 20));
        broker.admin()
                .createTopics(List.of(
                        new NewTopic(requests, 1, (short) 1).configs(large),
                        new NewTopic(deadLetters, 1, (short) 1).configs(large)))
                .all()
                .get();
        byte[] value = " ".repeat(40 << 20).getBytes(UTF_8);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "max.request.size", 64 << 20,
                        "buffer.memory", 64 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(requests, 0, null, value)).get();
        }
        broker.send(requests, "k", Requests.to("small", "ann@example.org"));

        try (PackagedApplication application = launch().start()) {
            awaitCommitted(0, 2);

            ConsumerRecord<byte[], byte[]> letter = broker.readAll(deadLetters).get(0);
            assertThat(letter.value()).isEqualTo(value);
            assertThat(headers(letter, "postrider-detail").get(0)).contains("at most 37748736 bytes");
            assertThat(ids(installation.relay().messages())).containsExactly("small");
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void aDeadLetterTooLargeForItsTopicSaysWhereItStands() throws Exception {
        broker.createTopic(requests, 1);
        broker.admin()
                .createTopics(
                        List.of(new NewTopic(deadLetters, 1, (short) 1).configs(Map.of("max.message.bytes", "10000"))))
                .all()
                .get();
        broker.createTopic(requests + ".mail.outcomes", 1);
        broker.createTopic(requests + ".mail.ledger", 1);
        broker.send(requests, "k", "x".repeat(20_000));

        // Else the limit of the topic would be raised.
        try (PackagedApplication application =
                launch().with("postrider.kafka.create-topics", "false").start()) {
            awaitCommitted(0, 1);

            ConsumerRecord<byte[], byte[]> letter = broker.readAll(deadLetters).get(0);
            assertThat(letter.value()).isNull();
            assertThat(headers(letter, "postrider-content").get(0)).contains("too large for this topic");
            assertThat(headers(letter, "postrider-source-offset")).containsExactly("0");
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void noRecordHeaderChangesHowMailIsSent() {
        topics(1);
        broker.send(
                requests,
                "key",
                Requests.to("order", "ann@example.org"),
                KafkaBroker.header("mail.smtp.starttls.enable", "false"),
                KafkaBroker.header("mail.smtp.starttls.required", "false"),
                KafkaBroker.header("mail.smtps.auth", "false"),
                KafkaBroker.header("mail.smtp.host", "127.0.0.2"),
                KafkaBroker.header("to", "mallory@example.org"),
                KafkaBroker.header("Bcc", "mallory@example.org"),
                KafkaBroker.header("CamelJavaMail", "x"),
                KafkaBroker.header("id", "other"),
                KafkaBroker.header("kafka.OVERRIDE_TOPIC", "elsewhere"));

        try (PackagedApplication application = launch().start()) {
            ReceivedMessage message = installation.relay().awaitMessages(1).get(0);
            awaitCommitted(0, 1);

            assertThat(message.tls()).isTrue();
            assertThat(message.user()).contains(Installation.USER);
            assertThat(message.recipients()).containsExactly("ann@example.org");
            assertThat(message.text()).doesNotContain("mallory", "mail.smtp", "Camel");
            assertThat(installation.relay().messages()).hasSize(1);
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void nothingIsCommittedWhileTheRelayIsAwayAndAllGoesOutWhenItIsBack() {
        topics(1);
        installation.relay().stopListening();
        IntStream.range(0, 50).forEach(n -> broker.send(requests, "k", Requests.to("n" + n, "ann@example.org")));

        try (PackagedApplication application = launch().start()) {
            application.awaitOutput("the line stops, requests wait: localhost:[0-9]+ refuses connections");
            assertThat(application.get("/q/health/ready").statusCode()).isEqualTo(503);
            assertThat(application.get("/q/health/ready").body()).contains("refuses connections");
            assertThat(broker.committedOffset(requests, requests, 0)).isEmpty();

            installation.relay().resumeListening();
            installation.relay().awaitMessages(50);
            awaitCommitted(0, 50);

            assertThat(ids(installation.relay().messages()))
                    .doesNotHaveDuplicates()
                    .hasSize(50);
            assertThat(broker.readAll(deadLetters)).isEmpty();
            application.awaitReady();
        }
    }

    @Test
    void killedWhileOneTransactionHangsOnlyThatOneComesAgain() {
        topics(1);
        installation.relay().hangAt("RCPT TO:<stuck@example.org>");
        broker.send(record(0, Requests.to("stuck", "stuck@example.org")));
        IntStream.range(0, 200).forEach(n -> broker.send(record(0, Requests.to("n" + n, "ann@example.org"))));

        try (PackagedApplication application = launch().start()) {
            installation.relay().awaitMessages(200);
            await().until(() -> broker.committed(requests, requests, 0)
                    .filter(commit -> commit.metadata().endsWith("200"))
                    .isPresent());
            application.kill();
        }
        assertThat(broker.committedOffset(requests, requests, 0)).hasValue(0);
        installation.relay().clearReplies();
        try (PackagedApplication application = launch().start()) {
            awaitCommitted(0, 201);

            assertThat(ids(installation.relay().messages()))
                    .hasSize(201)
                    .doesNotHaveDuplicates()
                    .contains("stuck");
            assertThat(broker.readAll(deadLetters)).isEmpty();
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void aMissingTopicIsOneLineAndMendsItself() {
        broker.createTopic(deadLetters, 1);

        try (PackagedApplication application = launch().start()) {
            application.awaitOutput("Kafka: no topic " + requests + ": create it.* kafka-topics.sh --bootstrap-server "
                    + broker.bootstrapServers() + " --create --topic " + requests + " --partitions 6");
            assertThat(application.get("/q/health/ready").statusCode()).isEqualTo(503);
            assertThat(broker.topics()).doesNotContain(requests + ".retries.1m");

            broker.createTopic(requests, 2);
            broker.send(requests, "k", Requests.to("late", "ann@example.org"));

            installation.relay().awaitMessages(1);
            application.awaitReady();
            assertThat(application.output())
                    .filteredOn(line -> line.contains("no topic"))
                    .hasSize(1);
            assertThat(application.output()).noneMatch(line -> line.contains("nothing is relayed"));
            assertThat(broker.readAll(requests + ".retries.1m")).isEmpty();
            assertThat(broker.endOffset(requests + ".retries.1m", 1)).isZero();
        }
    }

    @Test
    void aBrokerThatIsAwayIsOneLine() {
        try (PackagedApplication application = installation
                .launch()
                .with("kafka.bootstrap.servers", "localhost:1")
                .start()) {
            application.awaitOutput("Kafka: no broker answers at localhost:1");
            assertThat(application.get("/q/health/ready").body()).contains("no broker answers");
            assertThat(application.get("/q/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void nothingIsLeftToReadAfterATransactionThoughItEndsWithAMarker() throws Exception {
        topics(1);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", requests),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(0, Requests.to("order", "ann@example.org"))).get();
            producer.commitTransaction();
        }

        try (PackagedApplication application = launch().start()) {
            installation.relay().awaitMessages(1);

            assertThat(broker.endOffset(requests, 0)).isEqualTo(2);
            awaitCommitted(0, 2);
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void ofTwoInstancesWithOneNameTheFirstStopsReadingAndSaysWhy() {
        topics(2);
        ApplicationLaunch launch = launch().with("postrider.kafka.instance-id", "mail-1");

        try (PackagedApplication first = launch.start()) {
            broker.send(record(0, Requests.to("first", "ann@example.org")));
            installation.relay().awaitMessages(1);
            try (PackagedApplication second = launch.start()) {
                first.awaitOutput("another instance reads with our postrider.kafka.instance-id 'mail-1'");
                await().until(() -> first.get("/q/health/ready").statusCode() == 503);

                IntStream.range(0, 100)
                        .forEach(n -> broker.send(record(n % 2, Requests.to("n" + n, "ann@example.org"))));
                awaitCommitted(0, 51);
                awaitCommitted(1, 50);

                assertThat(ids(installation.relay().messages())).hasSize(101).doesNotHaveDuplicates();
                assertThat(second.get("/q/health/ready").statusCode()).isEqualTo(200);
                assertThat(first.output().stream().filter(line -> line.contains("another instance reads")))
                        .as("once for each of the two groups")
                        .hasSizeLessThanOrEqualTo(2);
                assertThat(first.running()).isTrue();
            }
        }
    }

    private void topics(int partitions) {
        broker.createTopic(requests, partitions);
        broker.createTopic(deadLetters, 1);
    }

    private ApplicationLaunch launch() {
        return installation
                .launch()
                .with("kafka.bootstrap.servers", broker.bootstrapServers())
                .with("postrider.kafka.group-id", requests)
                .with("postrider.kafka.session-timeout", "6s")
                .with("postrider.kafka.requests-topics", requests)
                .with("postrider.kafka.dead-letters-topic", deadLetters)
                .with("postrider.kafka.retries-topics-prefix", requests + ".retries");
    }

    private ProducerRecord<byte[], byte[]> record(int partition, String value) {
        return new ProducerRecord<>(requests, partition, null, value.getBytes(UTF_8));
    }

    private void awaitCommitted(int partition, long offset) {
        await("offset " + offset + " of partition " + partition)
                .untilAsserted(() -> assertThat(broker.committedOffset(requests, requests, partition))
                        .hasValue(offset));
    }

    /** From the subject {@code Order <id>}. */
    private static List<String> ids(List<ReceivedMessage> messages) {
        return messages.stream()
                .flatMap(message -> message.text().lines().filter(line -> line.startsWith("Subject: Order ")))
                .map(line -> line.substring("Subject: Order ".length()))
                .toList();
    }

    private static List<String> headers(ConsumerRecord<byte[], byte[]> record, String name) {
        return StreamSupport.stream(record.headers().headers(name).spliterator(), false)
                .map(Header::value)
                .map(value -> new String(value, UTF_8))
                .toList();
    }
}
