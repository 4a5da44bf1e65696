package dev.postrider.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.KafkaBroker;
import dev.postrider.kafka.Deployment;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class OutcomeTopicTest {

    private static KafkaBroker broker;

    private String topic;
    private OutcomeTopic outcomes;
    private volatile CompletableFuture<Void> stored;

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
        outcomes = new OutcomeTopic(OutcomeTopicTest::producer, topic, new Deployment("postrider"));
    }

    @AfterEach
    void close() {
        outcomes.close();
    }

    private static Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "acks",
                "all",
                "enable.idempotence",
                true,
                "request.timeout.ms",
                1_000,
                "delivery.timeout.ms",
                2_000,
                "max.block.ms",
                2_000);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Test
    void theOutcomesOfARequestStandInOnePartitionInOrder() throws Exception {
        broker.createTopic(topic, 5);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> stored = new ArrayList<>();
        for (int request = 0; request < 100; request++) {
            String id = "order-" + request;
            stored.add(threads.submit(() -> {
                for (int call = 0; call < 3; call++) {
                    outcomes.store(List.of(
                                    Told.relayed(id, call + "a@example.org"), Told.relayed(id, call + "b@example.org")))
                            .get();
                }
                return null;
            }));
        }
        for (Future<?> each : stored) {
            each.get();
        }
        threads.shutdown();

        List<ConsumerRecord<byte[], byte[]>> records = broker.readAll(topic);
        assertThat(records).hasSize(600);
        for (int request = 0; request < 100; request++) {
            String key = "order-" + request;
            List<ConsumerRecord<byte[], byte[]>> ofRequest = records.stream()
                    .filter(record -> new String(record.key(), UTF_8).equals(key))
                    .toList();
            assertThat(ofRequest)
                    .extracting(ConsumerRecord::partition)
                    .containsOnly(ofRequest.get(0).partition());
            assertThat(ofRequest)
                    .extracting(record -> read(record).getSubject().substring(0, 2))
                    .containsExactly("0a", "0b", "1a", "1b", "2a", "2b");
        }
    }

    @Test
    void theSdkOfCloudEventsReadsTheRecords() throws Exception {
        broker.createTopic(topic, 1);

        outcomes.store(Told.ofEveryKind()).get();

        assertThat(broker.readAll(topic))
                .extracting(record -> read(record).getId())
                .containsExactlyElementsOf(
                        Told.ofEveryKind().stream().map(Outcome::eventId).toList());
    }

    @Test
    void withoutItsTopicNothingIsStoredUntilItIsThere() throws Exception {
        assertThatThrownBy(() -> outcomes.store(Told.ofEveryKind()).get()).hasCauseInstanceOf(TimeoutException.class);

        broker.createTopic(topic, 1);
        outcomes.store(Told.ofEveryKind()).get();

        assertThat(broker.readAll(topic)).hasSize(Told.ofEveryKind().size());
    }

    @Test
    void whileTheBrokerIsAwayNothingCountsAsStored() throws Exception {
        broker.createTopic(topic, 1);
        outcomes.store(List.of(Told.deferred())).get();

        broker.stop();
        assertThatThrownBy(() -> outcomes.store(List.of(Told.failed())).get())
                .hasCauseInstanceOf(TimeoutException.class);
        broker.restart();
        outcomes.store(List.of(Told.failed())).get();

        assertThat(broker.readAll(topic))
                .extracting(record -> read(record).getId())
                .containsOnlyOnce(Told.deferred().eventId())
                .contains(Told.failed().eventId());
    }

    @Test
    void veryManyAreOnTheirWayInPiecesNotAllAtOnce() throws Exception {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        List<Outcome> many = Collections.nCopies(100, Told.duplicate("y".repeat(100_000)));
        OutcomeTopic unacknowledged = new OutcomeTopic(() -> producer, topic, new Deployment("postrider"));
        Thread storing = new Thread(() -> stored = unacknowledged.store(many));
        storing.start();

        for (int acknowledged = 0; acknowledged < 100; acknowledged++) {
            int before = acknowledged;
            await().until(() -> producer.history().size() > before);
            assertThat(producer.history()).hasSizeLessThanOrEqualTo(acknowledged + 10);
            producer.completeNext();
        }

        storing.join();
        stored.get();
        assertThat(producer.history()).hasSize(100);
    }

    private static CloudEvent read(ConsumerRecord<byte[], byte[]> record) {
        try (CloudEventDeserializer deserializer = new CloudEventDeserializer()) {
            return deserializer.deserialize(record.topic(), record.headers(), record.value());
        }
    }
}
