package dev.postrider.intake;

import dev.postrider.kafka.Deployment;
import dev.postrider.kafka.SafeProducer;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/**
 * Makes every Kafka client of the application from the one set of {@code kafka.*} settings, TLS and SASL included. For
 * the route: {@code kafkaClientFactory: "#bean:kafkaClients"}.
 */
@Singleton
@Named("kafkaClients")
public class KafkaClients extends DefaultKafkaClientFactory {

    private static final Logger LOG = Logger.getLogger(KafkaClients.class);

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Map<String, Object> settings;
    private final KafkaConfig config;
    private final Deployment deployment;
    private final InFlight inFlight;
    private final ConsumerHealth health;
    private final Clock clock;

    KafkaClients(
            @Identifier("default-kafka-broker") Map<String, Object> settings,
            KafkaConfig config,
            Deployment deployment,
            InFlight inFlight,
            ConsumerHealth health,
            Clock clock) {
        this.settings = new HashMap<>(settings);
        this.config = config;
        this.deployment = deployment;
        this.inFlight = inFlight;
        this.health = health;
        this.clock = clock;
    }

    /** {@code kafka.*}, for clients of other kinds. */
    public Map<String, Object> settings() {
        return Map.copyOf(settings);
    }

    /**
     * Makes one client of each kind as they are made later, and gives it up at once. What fails here would else fail for ever,
     * and out of sight.
     *
     * @throws KafkaException when one cannot be made
     */
    public void tryOut() {
        KafkaConfiguration route = new KafkaConfiguration();
        route.setGroupId(config.groupId());
        route.setKeyDeserializer(ByteArrayDeserializer.class.getName());
        route.setValueDeserializer(ByteArrayDeserializer.class.getName());
        new KafkaConsumer<>(consumerSettings(route.createConsumerProperties())).close(Duration.ZERO);
        safeProducer().close(Duration.ZERO);
    }

    @Override
    public Consumer<Object, Object> getConsumer(Properties fromRoute) {
        Properties properties = consumerSettings(fromRoute);
        DueTimes dueTimes = new DueTimes(config.retriesTopicsPrefix(), deployment, clock);
        return untilMade(() -> new PacedConsumer(
                properties, inFlight, dueTimes, health, config.sessionTimeout(), config.drainTimeout()));
    }

    private Properties consumerSettings(Properties fromRoute) {
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.putAll(fromRoute);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers());
        settings.forEach((key, value) -> {
            // Camel states its default for every security setting; what the operator said wins.
            if (key.startsWith("security.") || key.startsWith("sasl.") || key.startsWith("ssl.")) {
                properties.put(key, value);
            }
        });
        config.instanceId().ifPresent(id -> properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
        properties.put(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                Long.toString(config.sessionTimeout().toMillis()));
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        // Partitions that stay with us go on while others move.
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        // What was taken back in an aborted transaction was never asked for.
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // A retry topic that is made while we run is to be found soon.
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, "10000");
        return properties;
    }

    /**
     * A host that the DNS does not know yet makes no consumer. Camel would try it for ever, also when it is to stop; it does
     * stop for a consumer that has nothing to read.
     */
    private Consumer<Object, Object> untilMade(Supplier<Consumer<Object, Object>> attempt) {
        while (true) {
            try {
                return attempt.get();
            } catch (KafkaException e) {
                LOG.debugf("no consumer: %s", e);
            }
            try {
                if (stopping.await(1, TimeUnit.SECONDS)) {
                    return new MockConsumer<>("none");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new MockConsumer<>("none");
            }
        }
    }

    void stopping(@Observes CamelContextStoppingEvent event) {
        stopping.countDown();
    }

    /** For records that must not be lost: acknowledged by all in-sync replicas, none twice. */
    public Producer<byte[], byte[]> safeProducer() {
        Map<String, Object> properties = SafeProducer.settings(settings);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000");
        // A dead letter is its request and the reason: what fitted into the topic of requests has to pass here.
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Integer.MAX_VALUE / 2));
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Long.toString(128L << 20));
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public String getBrokers(KafkaConfiguration configuration) {
        return brokers();
    }

    private String brokers() {
        return String.valueOf(settings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }
}
