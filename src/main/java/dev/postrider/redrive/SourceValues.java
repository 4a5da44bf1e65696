package dev.postrider.redrive;

import dev.postrider.submission.PostriderHeaders;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/** Gets what was too large for the topic of dead letters from where it came from. For one thread. */
final class SourceValues implements AutoCloseable {

    private final KafkaParts kafka;
    private Optional<TopicScan> scan = Optional.empty();

    SourceValues(KafkaParts kafka) {
        this.kafka = kafka;
    }

    /**
     * The record it came from.
     *
     * @param hasKey whether the dead letter has its key
     * @throws Refused when it stands there no longer
     */
    ConsumerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> deadLetter, Parked parked, boolean hasKey)
            throws Refused {
        Headers headers = deadLetter.headers();
        String topic =
                SendersHeaders.ours(headers, PostriderHeaders.SOURCE_TOPIC).orElse("");
        String partition =
                SendersHeaders.ours(headers, PostriderHeaders.SOURCE_PARTITION).orElse("");
        String offset =
                SendersHeaders.ours(headers, PostriderHeaders.SOURCE_OFFSET).orElse("");
        if (topic.isEmpty() || !partition.matches("\\d{1,9}") || !offset.matches("\\d{1,18}")) {
            throw new Refused("it was too large to be kept here, and does not say where it came from");
        }
        return scan().record(new TopicPartition(topic, Integer.parseInt(partition)), Long.parseLong(offset))
                .filter(record -> !hasKey || Arrays.equals(record.key(), deadLetter.key()))
                .filter(record -> isOf(parked, record) && record.value() != null)
                .orElseThrow(() -> new Refused("it was too large to be kept here, and " + topic + "-" + partition + "@"
                        + offset + " has it no longer"));
    }

    /** A topic that was made anew has other records at the same offsets. */
    private static boolean isOf(Parked parked, ConsumerRecord<byte[], byte[]> record) {
        String timestamp = parked.source().path("timestamp").asText();
        return timestamp.isEmpty()
                || timestamp.equals(Instant.ofEpochMilli(record.timestamp()).toString());
    }

    /** A reader of its own: the other one is on its way through the dead letters. */
    private TopicScan scan() {
        if (scan.isEmpty()) {
            scan = Optional.of(new TopicScan(kafka));
        }
        return scan.get();
    }

    @Override
    public void close() {
        scan.ifPresent(TopicScan::close);
    }
}
