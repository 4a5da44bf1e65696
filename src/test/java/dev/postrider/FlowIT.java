package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.ApplicationLaunch;
import dev.postrider.fixture.Installation;
import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.Requests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The group keeps us while the relay is slow, and partitions change hands without a message being sent twice. */
class FlowIT {

    private static KafkaBroker broker;

    @TempDir
    Path home;

    private Installation installation;
    private String requests;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void install(TestInfo test) {
        installation = Installation.in(home);
        requests = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void remove() {
        installation.close();
    }

    @Test
    void aRelayThatStallsForLongerThanThePollIntervalCostsNoRebalance() {
        send(3, 100);
        installation.relay().hangAt("DATA");

        try (PackagedApplication application =
                launch().with("kafka.max.poll.interval.ms", "6000").start()) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> installation.relay().transcript().stream()
                                    .filter("C: DATA"::equals)
                                    .count()
                            == 1);
            List<String> before = members();
            assertThat(before).hasSize(1);

            await("the same member for two poll intervals")
                    .during(Duration.ofSeconds(13))
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> members().equals(before));

            installation.relay().clearReplies();
            installation.relay().disconnectAll();
            installation.relay().awaitMessages(100);
            assertThat(ids()).doesNotHaveDuplicates().hasSize(100);
            assertThat(members()).isEqualTo(before);
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void instancesComeAndGoAndEveryMessageGoesOutOnce() {
        installation.relay().replyDelay(Duration.ofMillis(2));
        send(6, 1_500);

        try (PackagedApplication first = launch().start()) {
            installation.relay().awaitMessages(200);
            try (PackagedApplication second = launch().start()) {
                await().atMost(Duration.ofSeconds(40)).until(() -> members().size() == 2);
                first.terminate();
                installation.relay().awaitMessages(1_500);
                awaitCommitted(6, 1_500);
                assertThat(second.running()).isTrue();
            }
        }

        assertThat(ids()).doesNotHaveDuplicates().hasSize(1_500);
    }

    private List<String> members() {
        try {
            Collection<MemberDescription> members = broker.admin()
                    .describeConsumerGroups(List.of(requests))
                    .all()
                    .get()
                    .get(requests)
                    .members();
            return members.stream().map(MemberDescription::consumerId).sorted().toList();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void send(int partitions, int count) {
        broker.createTopic(requests, partitions);
        IntStream.range(0, count)
                .forEach(n -> broker.send(new ProducerRecord<>(
                        requests,
                        n % partitions,
                        null,
                        Requests.to("n" + n, "ann@example.org").getBytes(StandardCharsets.UTF_8))));
    }

    private void awaitCommitted(int partitions, long count) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> IntStream.range(0, partitions)
                                .mapToLong(partition -> broker.committedOffset(requests, requests, partition)
                                        .orElse(0))
                                .sum()
                        == count);
    }

    private List<String> ids() {
        return installation.relay().messages().stream()
                .map(ReceivedMessage::text)
                .flatMap(text -> text.lines().filter(line -> line.startsWith("Subject: Order ")))
                .toList();
    }

    private ApplicationLaunch launch() {
        return installation
                .launch()
                .with("kafka.bootstrap.servers", broker.bootstrapServers())
                .with("postrider.kafka.group-id", requests)
                .with("postrider.kafka.session-timeout", "6s")
                .with("postrider.kafka.requests-topics", requests)
                .with("postrider.kafka.dead-letters-topic", requests + ".dead-letters")
                .with("postrider.kafka.retries-topics-prefix", requests + ".retries");
    }
}
