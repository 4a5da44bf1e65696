package dev.postrider.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.KafkaBroker;
import dev.postrider.intake.FolderConfig;
import dev.postrider.intake.KafkaConfig;
import dev.postrider.ledger.LedgerConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Postrider's own topics are right whenever they are made and whoever makes them. */
class OwnTopicsTest {

    private static final int MEGABYTE = 1 << 20;

    private static KafkaBroker broker;
    private static Admin admin;

    private String prefix;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start();
        admin = broker.admin();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName() + ".";
    }

    @Test
    void beforeThereIsARequestTopicOnlyTheLedgerIsMade() throws Exception {
        OwnTopics topics = topics(Map.of());

        assertThat(topics.create(admin, missing(topics))).containsExactly(prefix + "requests");

        awaitThere("ledger");
        assertThat(partitions("ledger")).isEqualTo(1);
        has("ledger", "cleanup.policy", "compact,delete");
    }

    @Test
    void withAFolderTheOutcomesAreMadeAtOnceToo() throws Exception {
        OwnTopics topics = topics(Map.of("postrider.folder.path", "spool"));

        topics.create(admin, missing(topics));

        awaitThere("ledger", "outcomes");
    }

    @Test
    void theyAreMadeLikeTheRequestTopicWithRoomForItsLargestRecords() throws Exception {
        OwnTopics topics =
                topics(Map.of("postrider.kafka.requests-topics", prefix + "requests," + prefix + "newsletters"));
        topics.create(admin, missing(topics));
        awaitThere("ledger");
        create("requests", 4, Map.of("max.message.bytes", "" + 2 * MEGABYTE));
        create("newsletters", 2, Map.of("max.message.bytes", "" + 5 * MEGABYTE));

        assertThat(topics.create(admin, missing(topics))).isEmpty();

        await().untilAsserted(() -> assertThat(there()).hasSize(topics.needed().size()));
        for (String topic : List.of("dead-letters", "retries.1m", "retries.24h")) {
            assertThat(partitions(topic)).isEqualTo(4);
            has(topic, "max.message.bytes", "" + 6 * MEGABYTE);
            has(topic, "message.timestamp.type", "LogAppendTime");
        }
        has("dead-letters", "retention.ms", "-1");
        assertThat(partitions("outcomes")).isEqualTo(4);
        assertThat(partitions("ledger")).isEqualTo(1);
        assertThat(topics.adjust(admin, topics.needed())).isEmpty();
    }

    @Test
    void whatABrokerHasMadeByItselfIsPutRightAndWhatAPersonHasSetStays() throws Exception {
        OwnTopics topics = topics(Map.of());
        create("requests", 1, Map.of());
        create("ledger", 3, Map.of());
        create("dead-letters", 3, Map.of("retention.ms", "604800000"));
        create("retries.1m", 3, Map.of());
        create("outcomes", 3, Map.of("max.message.bytes", "5000"));

        assertThat(topics.adjust(admin, there())).isEmpty();

        has("ledger", "cleanup.policy", "compact,delete");
        has("ledger", "retention.ms", "90000000");
        has("dead-letters", "retention.ms", "604800000");
        has("dead-letters", "message.timestamp.type", "LogAppendTime");
        has("outcomes", "max.message.bytes", "262144");
        has(
                "retries.1m",
                "max.message.bytes",
                "" + (Long.parseLong(setting("requests", "max.message.bytes")) + MEGABYTE));
    }

    @Test
    void theirRoomGrowsWithTheRequests() throws Exception {
        OwnTopics topics = topics(Map.of());
        create("requests", 1, Map.of());
        topics.create(admin, missing(topics));
        await().untilAsserted(() -> assertThat(there()).hasSize(topics.needed().size()));
        limit("requests", 7 * MEGABYTE);

        assertThat(topics.adjust(admin, there())).isEmpty();

        has("dead-letters", "max.message.bytes", "" + 8 * MEGABYTE);
        has("retries.5m", "max.message.bytes", "" + 8 * MEGABYTE);
        assertThat(Long.parseLong(setting("ledger", "max.message.bytes"))).isLessThan(2 * MEGABYTE);
    }

    @Test
    void whereTheyAreNotOursToChangeTheCommandIsSaid() throws Exception {
        OwnTopics topics = topics(Map.of("postrider.kafka.create-topics", "false"));
        create("requests", 1, Map.of("max.message.bytes", "" + 2 * MEGABYTE));
        create("dead-letters", 1, Map.of("max.message.bytes", "1000"));

        assertThat(topics.adjust(admin, there()))
                .containsExactly(prefix
                        + "dead-letters takes records of 1000 bytes, and some may have 3145728: kafka-configs.sh --bootstrap-server "
                        + broker.bootstrapServers() + " --alter --topic " + prefix
                        + "dead-letters --add-config max.message.bytes=3145728");
        has("dead-letters", "max.message.bytes", "1000");
    }

    @Test
    void theCommandThatCreatesATopicIsWhole() {
        OwnTopics topics = topics(Map.of());

        assertThat(topics.commands(List.of(prefix + "requests", prefix + "dead-letters")))
                .isEqualTo("kafka-topics.sh --bootstrap-server " + broker.bootstrapServers() + " --create --topic "
                        + prefix + "requests --partitions 6; kafka-topics.sh --bootstrap-server "
                        + broker.bootstrapServers() + " --create --topic " + prefix
                        + "dead-letters --config message.timestamp.type=LogAppendTime --config retention.ms=-1");
    }

    private OwnTopics topics(Map<String, String> given) {
        Map<String, String> settings = new HashMap<>();
        settings.put("postrider.kafka.requests-topics", prefix + "requests");
        settings.put("postrider.kafka.dead-letters-topic", prefix + "dead-letters");
        settings.put("postrider.kafka.outcomes-topic", prefix + "outcomes");
        settings.put("postrider.kafka.ledger-topic", prefix + "ledger");
        settings.put("postrider.kafka.retries-topics-prefix", prefix + "retries");
        settings.putAll(given);
        var config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(KafkaConfig.class, "postrider.kafka")
                .withMapping(FolderConfig.class, "postrider.folder")
                .withMapping(LedgerConfig.class, "postrider.ledger")
                .withDefaultValues(settings)
                .build();
        return new OwnTopics(
                config.getConfigMapping(KafkaConfig.class, "postrider.kafka"),
                broker.bootstrapServers(),
                config.getConfigMapping(FolderConfig.class, "postrider.folder"),
                Duration.ofDays(3),
                List.of(Duration.ofMinutes(1), Duration.ofMinutes(5)),
                config.getConfigMapping(LedgerConfig.class, "postrider.ledger"));
    }

    private List<String> there() {
        return broker.topics().stream()
                .filter(topic -> topic.startsWith(prefix))
                .toList();
    }

    private List<String> missing(OwnTopics topics) {
        List<String> missing = new ArrayList<>(topics.needed());
        missing.removeAll(there());
        return missing;
    }

    private void create(String topic, int partitions, Map<String, String> settings) throws Exception {
        admin.createTopics(List.of(
                        new NewTopic(prefix + topic, Optional.of(partitions), Optional.empty()).configs(settings)))
                .all()
                .get();
        await().untilAsserted(() -> assertThat(there()).contains(prefix + topic));
    }

    private void limit(String topic, int bytes) throws Exception {
        ConfigEntry limit = new ConfigEntry("max.message.bytes", Integer.toString(bytes));
        admin.incrementalAlterConfigs(
                        Map.of(resource(topic), List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                .all()
                .get();
        has(topic, "max.message.bytes", Integer.toString(bytes));
    }

    /** What was made or changed is known everywhere a moment later. */
    private void awaitThere(String... topics) {
        await().untilAsserted(() -> assertThat(there())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(topics).map(prefix::concat).toList()));
    }

    private void has(String topic, String name, String value) {
        await(topic + " " + name)
                .untilAsserted(() -> assertThat(setting(topic, name)).isEqualTo(value));
    }

    private int partitions(String topic) throws Exception {
        return admin.describeTopics(List.of(prefix + topic))
                .allTopicNames()
                .get()
                .get(prefix + topic)
                .partitions()
                .size();
    }

    private String setting(String topic, String name) throws Exception {
        Config config =
                admin.describeConfigs(List.of(resource(topic))).all().get().get(resource(topic));
        return config.get(name).value();
    }

    private ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, prefix + topic);
    }
}
