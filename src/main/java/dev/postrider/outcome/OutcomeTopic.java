package dev.postrider.outcome;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Outcomes as records, with the request's id as key: all of one request stand in one partition, in order. CloudEvents
 * Kafka protocol binding 1.0.2, structured content mode.
 */
public final class OutcomeTopic implements Outcomes {

    private static final Header CONTENT_TYPE = new RecordHeader(
            "content-type", "application/cloudevents+json; charset=UTF-8".getBytes(StandardCharsets.US_ASCII));

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final String topic;
    private final String source;
    private Producer<byte[], byte[]> producer;

    /**
     * @param producers makes one that acknowledges only what is safe, and keeps the order
     * @param groupId of the instances that share the requests: together they are the events' source
     */
    public OutcomeTopic(Supplier<Producer<byte[], byte[]>> producers, String topic, String groupId) {
        this.producers = producers;
        this.topic = topic;
        this.source = OutcomeEvent.source(groupId);
    }

    /** Returns when the broker has all of them. They are on their way together, not one after another. */
    @Override
    public void store(List<Outcome> outcomes) throws Exception {
        Producer<byte[], byte[]> sending = producer();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            sent.add(sending.send(record(outcome)));
        }
        for (Future<RecordMetadata> each : sent) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(Outcome outcome) {
        byte[] key = outcome.id().getBytes(StandardCharsets.UTF_8);
        byte[] value = OutcomeEvent.write(outcome, source).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, null, key, value, List.of(CONTENT_TYPE));
    }

    private synchronized Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = producers.get();
        }
        return producer;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
        }
    }
}
