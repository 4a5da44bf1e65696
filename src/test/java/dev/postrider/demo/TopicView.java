package dev.postrider.demo;

import dev.postrider.fixture.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics from their beginning, in no group, and goes on as they grow. For one thread. */
final class TopicView implements AutoCloseable {

    private static final Duration PATIENCE = Patience.ONE_MINUTE;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /** @param topics those there are now */
    TopicView(String bootstrapServers, Predicate<String> topics) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "enable.auto.commit",
                        false,
                        "allow.auto.create.topics",
                        false,
                        "fetch.max.wait.ms",
                        50,
                        "default.api.timeout.ms",
                        (int) PATIENCE.toMillis()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        partitions = consumer.listTopics().entrySet().stream()
                .filter(topic -> topics.test(topic.getKey()))
                .flatMap(topic -> topic.getValue().stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** What has come since the last time, up to this moment. */
    List<ConsumerRecord<byte[], byte[]>> news() {
        List<ConsumerRecord<byte[], byte[]>> news = new ArrayList<>();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(news::add);
        }
        return news;
    }

    static String place(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    @Override
    public void close() {
        consumer.close(Duration.ZERO);
    }
}
