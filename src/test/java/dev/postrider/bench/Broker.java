package dev.postrider.bench;

import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.KafkaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Kafka broker in a process of its own, on which whole backlogs appear at once. Used by one thread. */
final class Broker implements AutoCloseable {

    static final int PARTITIONS = 4;

    private static final long PATIENCE_SECONDS = 60;

    private final KafkaProcess process;
    private final KafkaBroker view;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
    private long number;

    Broker(Path folder) {
        process = KafkaProcess.start(folder);
        view = KafkaBroker.of(process);
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers(),
                        "transactional.id",
                        "bench",
                        "linger.ms",
                        5,
                        "batch.size",
                        256 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    String bootstrapServers() {
        return view.bootstrapServers();
    }

    void createTopic(String name) {
        view.createTopic(name, PARTITIONS);
    }

    /** Writes so many requests that nobody sees before {@link #reveal}. */
    void write(String topic, Letter letter, int records) {
        producer.beginTransaction();
        for (int i = 0; i < records; i++) {
            send(topic, i % PARTITIONS, letter.json("bench-" + number++));
        }
        producer.flush();
    }

    /** These, likewise. */
    void write(String topic, List<byte[]> requests) {
        producer.beginTransaction();
        for (int i = 0; i < requests.size(); i++) {
            send(topic, i % PARTITIONS, requests.get(i));
        }
        producer.flush();
    }

    private void send(String topic, int partition, byte[] value) {
        Future<?> unused = producer.send(new ProducerRecord<>(topic, partition, null, value), (sent, failure) -> {
            if (failure == null) {
                ends.merge(new TopicPartition(topic, partition), sent.offset() + 1, Math::max);
            }
        });
    }

    /** From now on they are there, all of them at once. */
    void reveal() {
        producer.commitTransaction();
    }

    /** Whether the group has committed everything that was written to the topic. */
    boolean committed(String group, String topic) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> reached = view.admin()
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return ends.entrySet().stream()
                .filter(end -> end.getKey().topic().equals(topic))
                .allMatch(end -> reached.get(end.getKey()) != null
                        && reached.get(end.getKey()).offset() >= end.getValue());
    }

    @Override
    public void close() {
        producer.close();
        view.close();
    }
}
