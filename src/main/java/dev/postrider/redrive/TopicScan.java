package dev.postrider.redrive;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic, or stretches of it, from beginning to end as they are now. For one thread. */
final class TopicScan implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(500);

    private final KafkaParts kafka;
    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> reader;

    TopicScan(KafkaParts kafka) {
        this.kafka = kafka;
        this.reader = kafka.reader();
    }

    /** A stretch of a partition: from this offset up to, and without, that one. */
    record Stretch(long from, long to) {}

    /** What there is to read of a topic now; empty if there is no such topic. */
    Optional<Map<TopicPartition, Stretch>> extent(String topic) {
        try {
            var partitions = reader.partitionsFor(topic);
            if (partitions == null || partitions.isEmpty()) {
                return Optional.empty();
            }
            List<TopicPartition> all = partitions.stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            Map<TopicPartition, Long> starts = reader.beginningOffsets(all);
            Map<TopicPartition, Long> ends = reader.endOffsets(all);
            Map<TopicPartition, Stretch> extent = new HashMap<>();
            all.forEach(partition -> extent.put(partition, new Stretch(starts.get(partition), ends.get(partition))));
            return Optional.of(extent);
        } catch (KafkaException e) {
            throw kafka.trouble().explain("read " + topic, e);
        }
    }

    /** Shows every record of these stretches, those of one partition in order. */
    void read(Map<TopicPartition, Stretch> stretches, Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        Set<TopicPartition> open = new HashSet<>();
        stretches.forEach((partition, stretch) -> {
            if (stretch.from() < stretch.to()) {
                open.add(partition);
            }
        });
        reader.assign(open);
        reader.resume(open); // One that was read before is still paused.
        open.forEach(
                partition -> reader.seek(partition, stretches.get(partition).from()));
        long lastHeard = System.nanoTime();
        while (!open.isEmpty()) {
            boolean heard = false;
            for (ConsumerRecord<byte[], byte[]> record : poll()) {
                heard = true;
                Stretch stretch = stretches.get(new TopicPartition(record.topic(), record.partition()));
                if (record.offset() < stretch.to()) {
                    visitor.accept(record);
                }
            }
            heard |= open.removeIf(partition -> isRead(partition, stretches.get(partition)));
            lastHeard = heard ? System.nanoTime() : lastHeard;
            if (System.nanoTime() - lastHeard > KafkaParts.PATIENCE.toNanos()) {
                throw new RedriveFailure("the brokers went silent while " + open + " was read; run it again");
            }
        }
    }

    /** One record; empty if it is there no longer. */
    Optional<ConsumerRecord<byte[], byte[]>> record(TopicPartition partition, long offset) {
        Map<TopicPartition, Stretch> extent = extent(partition.topic()).orElse(Map.of());
        Stretch there = extent.get(partition);
        if (there == null || offset < there.from() || offset >= there.to()) {
            return Optional.empty();
        }
        Found found = new Found(offset);
        read(Map.of(partition, new Stretch(offset, offset + 1)), found);
        return Optional.ofNullable(found.record);
    }

    private Iterable<ConsumerRecord<byte[], byte[]>> poll() {
        try {
            return reader.poll(GLANCE);
        } catch (KafkaException e) {
            throw kafka.trouble().explain("read " + reader.assignment(), e);
        }
    }

    private boolean isRead(TopicPartition partition, Stretch stretch) {
        boolean read = reader.position(partition) >= stretch.to();
        if (read) {
            reader.pause(Set.of(partition));
        }
        return read;
    }

    @Override
    public void close() {
        reader.close(Duration.ZERO);
    }

    private static final class Found implements Consumer<ConsumerRecord<byte[], byte[]>> {

        private final long offset;
        private ConsumerRecord<byte[], byte[]> record;

        Found(long offset) {
            this.offset = offset;
        }

        @Override
        public void accept(ConsumerRecord<byte[], byte[]> seen) {
            if (seen.offset() == offset) {
                record = seen;
            }
        }
    }
}
