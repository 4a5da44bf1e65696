package dev.postrider.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.Patience;
import dev.postrider.intake.KafkaConfig;
import dev.postrider.intake.StoreHealth;
import dev.postrider.kafka.Deployment;
import dev.postrider.kafka.SafeProducer;
import dev.postrider.ledger.Ledger.Standing;
import dev.postrider.smtp.RecipientReport;
import dev.postrider.smtp.Reply;
import dev.postrider.smtp.Stage;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.History;
import dev.postrider.submission.Origin;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** A dead letter is stored whatever the topic takes, and says what was left out. */
class DeadLetterTopicTest {

    private static final byte[] VALUE = new byte[500_000];
    private static final Instant AT = Instant.parse("2026-03-01T04:00:00Z");

    private static KafkaBroker broker;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final StoreHealth stores = new StoreHealth();
    private final SafeStore store = new SafeStore(DeadLetterTopicTest::producer, new Deployment(Deployment.DEFAULT));
    private String topic;
    private DeadLetterTopic deadLetters;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void open(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
        KafkaConfig config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(KafkaConfig.class, "postrider.kafka")
                .withDefaultValue("postrider.kafka.dead-letters-topic", topic)
                .build()
                .getConfigMapping(KafkaConfig.class, "postrider.kafka");
        deadLetters = new DeadLetterTopic(store, config, new UntilStored(camel, stores));
        camel.start();
    }

    @AfterEach
    void close() {
        camel.stop();
        store.close();
    }

    private static Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                SafeProducer.settings(Map.of(
                        "bootstrap.servers", broker.bootstrapServers(), "max.request.size", Integer.MAX_VALUE / 2)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Test
    void whatFitsIsWhole() throws Exception {
        create(1 << 20);

        deadLetters.store(refused(3, 10));

        ConsumerRecord<byte[], byte[]> record = only();
        assertThat(record.value()).hasSize(VALUE.length);
        assertThat(record.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(names(record)).contains("trace").doesNotContain("postrider-shortened", "postrider-content");
        assertThat(failure(record).path("recipients")).hasSize(3);
    }

    @Test
    void aThousandLongAddressesFitBesideALargeRequest() throws Exception {
        create(VALUE.length + (1 << 20));

        deadLetters.store(refused(1000, 300));

        ConsumerRecord<byte[], byte[]> record = only();
        assertThat(record.value()).hasSize(VALUE.length);
        assertThat(names(record)).contains("trace");
        assertThat(header(record, "postrider-shortened")).isEqualTo("failure");
        assertThat(failure(record).path("remainingRecipients")).hasSize(1000);
        assertThat(failure(record).path("recipients")).hasSize(20);
        assertThat(failure(record).path("reason").asText()).isEqualTo("refused");
    }

    @Test
    void whatDoesNotFitIsLeftOutStepByStep() throws Exception {
        create(400_000);

        deadLetters.store(refused(3, 10));
        deadLetters.store(refused(3, 10, new byte[399_500]));

        List<ConsumerRecord<byte[], byte[]>> records = broker.readAll(topic, 2);
        assertThat(records).allSatisfy(record -> {
            assertThat(record.value()).isNull();
            assertThat(record.key()).isEqualTo("key".getBytes(UTF_8));
            assertThat(names(record)).contains("postrider-content", "postrider-source-offset");
        });
        assertThat(header(records.get(0), "postrider-shortened")).isEqualTo("value");
        assertThat(names(records.get(0))).contains("trace");
        assertThat(header(records.get(1), "postrider-shortened")).isEqualTo("value, headers");
        assertThat(names(records.get(1))).doesNotContain("trace");
    }

    @Test
    void whereTheRecipientsDoNotFitThereAreSeveralDeadLettersForSomeOfThemEach() throws Exception {
        create(100_000);

        deadLetters.store(refused(1000, 300));

        List<ConsumerRecord<byte[], byte[]>> records = broker.readAll(topic);
        List<String> remaining = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            assertThat(header(record, "postrider-shortened")).isEqualTo("value, headers, key, failure");
            failure(record).path("remainingRecipients").forEach(each -> remaining.add(each.asText()));
            assertThat(header(record, "postrider-remaining-recipients").split(", "))
                    .hasSameSizeAs(failure(record).path("remainingRecipients"));
        }
        assertThat(records).hasSize(8);
        assertThat(remaining).containsExactlyElementsOf(recipients(1000, 300));
        assertThat(stores.isWell()).isTrue();
    }

    @Test
    void aTopicThatTakesNotEvenAPointerIsWaitedFor() throws Exception {
        create(300);

        CompletableFuture<Void> stored = CompletableFuture.runAsync(() -> deadLetters.store(refused(1, 10)));

        await().atMost(Patience.ONE_MINUTE)
                .untilAsserted(() -> assertThat(stores.trouble().orElse(""))
                        .contains("fits into " + topic + ": raise its max.message.bytes"));
        camel.stop();
        assertThat(stored).failsWithin(Patience.ONE_MINUTE);
        assertThat(broker.readAll(topic)).isEmpty();
    }

    private void create(int bytes) throws Exception {
        NewTopic limited = new NewTopic(topic, Optional.of(1), Optional.empty())
                .configs(Map.of("max.message.bytes", Integer.toString(bytes)));
        broker.admin().createTopics(List.of(limited)).all().get();
    }

    private ConsumerRecord<byte[], byte[]> only() {
        List<ConsumerRecord<byte[], byte[]>> records = broker.readAll(topic);
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static Settlement refused(int recipients, int length) {
        return refused(recipients, length, "1".getBytes(UTF_8));
    }

    private static Settlement refused(int recipients, int length, byte[] trace) {
        Origin origin = new Origin.TopicRecord(
                "mail.requests", 0, 17, AT, "key".getBytes(UTF_8), List.of(new Origin.Header("trace", trace)));
        Arrival arrival = new Arrival(origin, VALUE, () -> {});
        // As a relay answers that repeats the address.
        List<RecipientReport> reports = recipients(recipients, length).stream()
                .map(recipient -> new RecipientReport(
                        recipient,
                        Stage.RCPT,
                        new Reply(550, Optional.of("5.1.1"), recipient + "? " + "x".repeat(190))))
                .toList();
        DeadLetter letter = new DeadLetter(
                arrival,
                Optional.of("order-17"),
                DeadLetter.Reason.REFUSED,
                "refused",
                reports,
                new History(0, recipients(recipients, length), List.of(new History.Attempt(AT, "550 5.1.1"))),
                Map.of(),
                AT);
        return new Settlement(
                arrival, Optional.empty(), Optional.empty(), Standing.NEW, AT, Optional.empty(), Optional.of(letter));
    }

    private static List<String> recipients(int count, int length) {
        return IntStream.range(0, count)
                .mapToObj(n -> n + "@" + "x".repeat(length) + ".example")
                .toList();
    }

    private static List<String> names(ConsumerRecord<byte[], byte[]> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(Header::key)
                .toList();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static JsonNode failure(ConsumerRecord<byte[], byte[]> record) throws Exception {
        return new ObjectMapper().readTree(header(record, "postrider-failure"));
    }
}
