package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.KafkaInstallation;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.Patience;
import dev.postrider.fixture.Requests;
import dev.postrider.fixture.SharedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The group keeps us while the relay is slow, and partitions change hands without a message being sent twice. */
@ExtendWith(SharedBroker.class)
class FlowIT {

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
    void aRelayThatStallsForLongerThanThePollIntervalCostsNoRebalance() {
        send(3, 100);
        installation.relay().without("CHUNKING").hangAt("DATA");

        try (PackagedApplication application =
                installation.launch().with("kafka.max.poll.interval.ms", "6000").start()) {
            await().until(() -> installation.relay().transcript().stream()
                            .filter("C: DATA"::equals)
                            .count()
                    == 1);
            List<String> before = members();
            assertThat(before).hasSize(1);

            await("the same member for two poll intervals")
                    .during(Duration.ofSeconds(13))
                    .atMost(Patience.ONE_MINUTE)
                    .until(() -> members().equals(before));

            installation.relay().clearReplies();
            installation.relay().disconnectAll();
            awaitCommitted(3, 100);
            assertThat(installation.relayedIds()).doesNotHaveDuplicates().hasSize(100);
            assertThat(members()).isEqualTo(before);
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void instancesComeAndGoAndEveryMessageGoesOutOnce() {
        installation.relay().replyDelay(Duration.ofMillis(2));
        send(6, 1_500);

        try (PackagedApplication first = installation.launch().start()) {
            installation.relay().awaitMessages(200);
            try (PackagedApplication second = installation.launch().start()) {
                await().until(() -> members().size() == 2);
                first.terminate();
                awaitCommitted(6, 1_500);
                assertThat(second.running()).isTrue();
            }
        }

        assertThat(installation.relayedIds()).doesNotHaveDuplicates().hasSize(1_500);
    }

    @Test
    void whatWaitsForAStoppedLineIsLeftToTheInstanceThatHasItsPartitionNow() {
        installation.relay().stopListening();
        send(4, 200);

        try (PackagedApplication first = installation
                .launch()
                .with("postrider.kafka.drain-timeout", "500ms")
                .with("postrider.intake.in-flight", "200") // Else they may be all of a partition that stays.
                .start()) {
            await().until(() -> members().size() == 1);
            first.awaitOutput("the line stops");
            try (PackagedApplication second = installation.launch().start()) {
                first.awaitOutput("gave up .* requests not begun");
                installation.relay().resumeListening();
                awaitCommitted(4, 200);
                first.awaitOutput("is left to the instance that has its partition now");
                assertThat(second.running()).isTrue();
            }
        }

        assertThat(installation.relayedIds()).doesNotHaveDuplicates().hasSize(200);
    }

    /** Ids of the group's members; none before there is a group. */
    private List<String> members() {
        try {
            Collection<MemberDescription> members = broker.admin()
                    .describeConsumerGroups(List.of(installation.group()))
                    .all()
                    .get()
                    .get(installation.group())
                    .members();
            return members.stream().map(MemberDescription::consumerId).sorted().toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void send(int partitions, int count) {
        broker.createTopic(installation.requests(), partitions);
        IntStream.range(0, count)
                .forEach(n -> broker.send(new ProducerRecord<>(
                        installation.requests(),
                        n % partitions,
                        null,
                        Requests.to("n" + n, "ann@example.org").getBytes(StandardCharsets.UTF_8))));
    }

    private void awaitCommitted(int partitions, long count) {
        await().atMost(Patience.ONE_MINUTE.multipliedBy(2))
                .until(() -> IntStream.range(0, partitions)
                                .mapToLong(partition -> broker.committedOffset(
                                                installation.group(), installation.requests(), partition)
                                        .orElse(0))
                                .sum()
                        == count);
    }
}
