package dev.postrider.ops;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The addresses that the brokers give for themselves. A client asks one broker of {@code kafka.bootstrap.servers} who there
 * is, and from then on talks to those addresses only: wrong ones look as if nobody answered at the right one.
 */
final class AdvertisedBrokers {

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private AdvertisedBrokers() {}

    /** @return empty when that is not why Kafka cannot be used */
    static Optional<String> trouble(Throwable failure, Map<String, Object> kafka, String brokers) {
        if (!(failure instanceof ExecutionException && failure.getCause() instanceof TimeoutException)) {
            return Optional.empty();
        }
        String silent = leaders(kafka).entrySet().stream()
                .filter(broker -> !BrokerPort.answers(broker.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(", "));
        return silent.isEmpty()
                ? Optional.empty()
                : Optional.of("the brokers at " + brokers + " answer, and say that they are to be reached at " + silent
                        + ", where nobody answers from here: check advertised.listeners of the brokers");
    }

    /** By the first answer, which still comes from the address in the settings. */
    private static Map<String, InetSocketAddress> leaders(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        KafkaConsumer<byte[], byte[]> consumer = null;
        try {
            consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            return consumer.listTopics(PATIENCE).values().stream()
                    .flatMap(partitions -> partitions.stream().map(PartitionInfo::leader))
                    .filter(Objects::nonNull)
                    .distinct()
                    .collect(Collectors.toMap(
                            AdvertisedBrokers::text,
                            node -> new InetSocketAddress(node.host(), node.port()),
                            (one, same) -> one));
        } catch (KafkaException e) {
            return Map.of();
        } finally {
            if (consumer != null) {
                consumer.close(Duration.ZERO);
            }
        }
    }

    private static String text(Node node) {
        return node.host() + ":" + node.port();
    }
}
