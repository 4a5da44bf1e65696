package dev.postrider.redrive;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the Kafka clients of the command from the application's {@code kafka.*} settings. */
final class KafkaParts {

    /** A person waits for the answer. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RedriveSettings settings;
    private final KafkaTrouble trouble;

    KafkaParts(RedriveSettings settings) {
        this.settings = settings;
        this.trouble = new KafkaTrouble(settings);
    }

    RedriveSettings settings() {
        return settings;
    }

    KafkaTrouble trouble() {
        return trouble;
    }

    Admin admin() {
        return made(() -> Admin.create(common()));
    }

    /** In no group; sees what is committed. */
    Consumer<byte[], byte[]> reader() {
        Map<String, Object> properties = common();
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return made(() -> new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    /** Of those with this deployment's name only the one started last can write anything. */
    Producer<byte[], byte[]> transactionalWriter() {
        Map<String, Object> properties = common();
        properties.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.deployment().name() + "-redrive");
        // What a killed run leaves open holds up those who read the requests, until this has passed or we run again.
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "30000");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        // The topic of what was redriven may just have been made (KAFKA-15591, see SafeProducer).
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        // What was taken from the topic of requests fits into it.
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Integer.MAX_VALUE / 2));
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Long.toString(128L << 20));
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        return made(() -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    private Map<String, Object> common() {
        Map<String, Object> properties = new HashMap<>(settings.kafka());
        properties.putIfAbsent(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        properties.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        return properties;
    }

    private <T> T made(Supplier<T> client) {
        try {
            return client.get();
        } catch (RuntimeException e) {
            throw trouble.explain("make a Kafka client of the settings kafka.*", e);
        }
    }
}
