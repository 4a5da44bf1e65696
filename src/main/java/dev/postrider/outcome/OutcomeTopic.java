package dev.postrider.outcome;

import dev.postrider.kafka.Deployment;
import dev.postrider.kafka.LastingProducer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Outcomes as records, with the request's id as key: all of one request stand in one partition, in order. CloudEvents
 * Kafka protocol binding 1.0.2, structured content mode.
 */
public final class OutcomeTopic implements Outcomes {

    private static final Header CONTENT_TYPE = new RecordHeader(
            "content-type", "application/cloudevents+json; charset=UTF-8".getBytes(StandardCharsets.US_ASCII));

    /** In bytes. */
    private static final long PIECE = 1 << 20;

    private final LastingProducer producer;
    private final String topic;
    private final Deployment deployment;
    private final String source;

    /**
     * @param producers makes one that acknowledges only what is safe, and keeps the order
     * @param deployment the instances that share the requests: together they are the events' source
     */
    public OutcomeTopic(Supplier<Producer<byte[], byte[]>> producers, String topic, Deployment deployment) {
        this.producer = new LastingProducer(producers);
        this.topic = topic;
        this.source = OutcomeEvent.source(deployment.name());
        this.deployment = deployment;
    }

    /** Gets ready for the first outcome; waits for the broker, for a while. */
    public void connect() {
        producer.connect(topic);
    }

    /**
     * Stored is what all in-sync replicas have. They are on their way together, not one after another; only those of a
     * request with very many go in pieces, each when the one before is stored, so that a few such requests do not fill the
     * producer's memory. What is to follow is done by the producer's own thread, and must not hold it up.
     */
    @Override
    public CompletableFuture<Void> store(List<Outcome> outcomes) {
        try {
            List<CompletableFuture<?>> piece = new ArrayList<>();
            long bytes = 0;
            for (Outcome outcome : outcomes) {
                ProducerRecord<byte[], byte[]> record = record(outcome);
                bytes += record.value().length;
                if (bytes > PIECE) {
                    all(piece).get();
                    piece.clear();
                    bytes = record.value().length;
                }
                piece.add(producer.send(record));
            }
            return all(piece);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(e);
        } catch (ExecutionException e) {
            return CompletableFuture.failedFuture(e.getCause());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static CompletableFuture<Void> all(List<CompletableFuture<?>> piece) {
        return CompletableFuture.allOf(piece.toArray(CompletableFuture[]::new));
    }

    private ProducerRecord<byte[], byte[]> record(Outcome outcome) {
        byte[] key = outcome.id().getBytes(StandardCharsets.UTF_8);
        byte[] value = OutcomeEvent.write(outcome, source).getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, null, key, value, List.of(CONTENT_TYPE));
        deployment.sign(record.headers());
        return record;
    }

    @Override
    public void close() {
        producer.close();
    }
}
