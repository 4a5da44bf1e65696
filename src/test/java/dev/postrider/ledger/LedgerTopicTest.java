package dev.postrider.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.KafkaBroker;
import dev.postrider.ledger.Ledger.Standing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class LedgerTopicTest {

    private static KafkaBroker broker;

    private final List<Ledger> running = new ArrayList<>();
    private String topic;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void aTopicOfItsOwn(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void stopAll() {
        running.forEach(ledger -> ledger.stopped(null));
    }

    private void createTopic() throws Exception {
        NewTopic made = new NewTopic(topic, Optional.of(3), Optional.empty())
                .configs(LedgerTopic.topicSettings(Remembering.aDay().window()));
        broker.admin().createTopics(List.of(made)).all().get();
    }

    private Legs start() {
        return start(Remembering.aDay());
    }

    private Legs start(LedgerConfig config) {
        return start(config, Clock.systemUTC());
    }

    private Legs start(LedgerConfig config, Clock clock) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        Ledger ledger = new Ledger(config, new LedgerTopic(kafka, topic, config.window(), clock), Clock.systemUTC());
        running.add(ledger);
        return new Legs(ledger);
    }

    private void stop(Legs legs) {
        legs.ledger().stopped(null);
        running.remove(legs.ledger());
    }

    @Test
    void whatOneInstanceSettlesAnotherKnows() throws Exception {
        createTopic();
        Legs one = start();
        Legs other = start();

        Legs.numbered(0, 5_000).forEach(one::relay);
        Legs.numbered(5_000, 10_000).forEach(other::relay);

        await().until(() -> one.ledger().ids() == 10_000 && other.ledger().ids() == 10_000);
        assertThat(one.known(Legs.numbered(0, 10_000))).isEqualTo(10_000);
        assertThat(other.known(Legs.numbered(0, 10_000))).isEqualTo(10_000);
        assertThat(other.ask("order-17", "something else")).isEqualTo(Standing.OTHER_CONTENT);
    }

    @Test
    void afterARestartAllIsKnownBeforeAnythingBegins() throws Exception {
        createTopic();
        Legs first = start();
        Legs.numbered(0, 10_000).forEach(first::relay);
        stop(first);

        assertThat(start().known(Legs.numbered(0, 10_000))).isEqualTo(10_000);
    }

    @Test
    void aRestartReadsNoMoreThanTheWindow() throws Exception {
        createTopic();
        Legs first = start();
        Legs.numbered(0, 10).forEach(first::relay);
        stop(first);
        await().until(() -> broker.readAll(topic).stream()
                .allMatch(record -> record.timestamp() < System.currentTimeMillis() - 2_000));

        Legs second = start(new Remembering(Duration.ofSeconds(2), 1_000));

        assertThat(second.known(Legs.numbered(0, 10))).isZero();
        assertThat(second.ledger().ids()).isZero();
    }

    @Test
    void theWindowIsReckonedWithTheClockThatEverythingElseIsDecidedBy() throws Exception {
        createTopic();
        Legs first = start();
        Legs.numbered(0, 10).forEach(first::relay);
        stop(first);

        Legs second = start(Remembering.aDay(), Clock.offset(Clock.systemUTC(), Duration.ofDays(2)));

        assertThat(second.known(Legs.numbered(0, 10))).isZero();
    }

    @Test
    void whatIsSettledWhileTheBrokerIsAwayIsStoredWhenItIsBack() throws Exception {
        createTopic();
        Legs one = start();
        Legs other = start();
        one.relay("order-0");
        await().until(() -> other.ledger().ids() == 1);

        broker.stop();
        Legs.numbered(1, 1_000).forEach(one::relay);
        broker.restart();

        await().until(() -> other.ledger().ids() == 1_000);
        assertThat(other.known(Legs.numbered(0, 1_000))).isEqualTo(1_000);
    }

    @Test
    void aLedgerThatStartsWithoutItsBrokerWaitsForIt() throws Exception {
        createTopic();
        Legs first = start();
        Legs.numbered(0, 100).forEach(first::relay);
        stop(first);

        broker.stop();
        Legs second = start();
        broker.restart();

        assertThat(second.known(Legs.numbered(0, 100))).isEqualTo(100);
    }

    @Test
    void aMissingTopicIsWaitedFor() throws Exception {
        Legs legs = start();
        Thread creates = new Thread(() -> {
            try {
                await().until(() -> Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().equals("ledger-follow")));
                createTopic();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        creates.start();

        Legs.numbered(0, 10).forEach(legs::relay);
        stop(legs);

        assertThat(broker.readAll(topic)).hasSize(10);
        creates.join();
    }

    @Test
    void aTopicMadeAnewIsTakenUp() throws Exception {
        createTopic();
        Legs one = start();
        one.relay("order-0");
        await().until(() -> broker.readAll(topic).size() == 1);
        broker.admin().deleteTopics(List.of(topic)).all().get();
        await().until(() -> !broker.admin().listTopics().names().get().contains(topic));
        createTopic();

        Legs other = start();
        Legs.numbered(1, 100).forEach(one::relay);

        await().until(() -> other.ledger().ids() == 99);
        Legs.numbered(100, 200).forEach(other::relay);
        await().until(() -> one.ledger().ids() == 200);
    }

    @Test
    void strangeRecordsAreSkipped() throws Exception {
        createTopic();
        broker.send(topic, "key", "value");
        broker.send(new ProducerRecord<>(topic, 0, new byte[16], new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 0}));
        Legs legs = start();

        assertThat(legs.relay("order-17")).isEqualTo(Standing.NEW);
        assertThat(legs.ledger().ids()).isEqualTo(1);
    }
}
