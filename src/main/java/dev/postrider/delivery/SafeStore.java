package dev.postrider.delivery;

import dev.postrider.intake.KafkaClients;
import dev.postrider.kafka.Deployment;
import dev.postrider.kafka.LastingProducer;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.History;
import dev.postrider.submission.HistoryJson;
import dev.postrider.submission.Origin.TopicRecord;
import dev.postrider.submission.PostriderHeaders;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;

/**
 * Stores records that must not be lost. Not through Camel's producer: it carries headers in a map, which loses repeated
 * names, changes their case and drops some. Thread-safe.
 */
@Singleton
class SafeStore {

    private final LastingProducer producer;
    private final Deployment deployment;

    @Inject
    SafeStore(KafkaClients clients, Deployment deployment) {
        this(clients::safeProducer, deployment);
    }

    SafeStore(Supplier<Producer<byte[], byte[]>> producers, Deployment deployment) {
        this.producer = new LastingProducer(producers);
        this.deployment = deployment;
    }

    /** Returns when all in-sync replicas have it, signed. */
    void store(ProducerRecord<byte[], byte[]> record) throws ExecutionException, InterruptedException {
        if (record.headers().lastHeader(Deployment.HEADER) == null) { // On a further try it is there.
            deployment.sign(record.headers());
        }
        producer.send(record).get();
    }

    /** Whether it failed for good: no try will make room for it, be it the broker that says so or the producer. */
    static boolean isTooLarge(ExecutionException failure) {
        return failure.getCause() instanceof RecordTooLargeException;
    }

    /** A record as it came, key and headers untouched, with the note of where it came from and what became of it. */
    static ProducerRecord<byte[], byte[]> copy(String topic, Arrival arrival, History history, byte[] value) {
        TopicRecord source = (TopicRecord) arrival.origin();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, null, null, source.key(), value);
        Headers headers = record.headers();
        source.headers().forEach(header -> headers.add(header.name(), header.value()));
        put(headers, PostriderHeaders.SOURCE_TOPIC, source.topic());
        put(headers, PostriderHeaders.SOURCE_PARTITION, Integer.toString(source.partition()));
        put(headers, PostriderHeaders.SOURCE_OFFSET, Long.toString(source.offset()));
        put(headers, PostriderHeaders.REDRIVE_COUNT, Integer.toString(history.redrives()));
        put(
                headers,
                PostriderHeaders.HISTORY,
                HistoryJson.write(history, HistoryJson.Source.of(source), Optional.empty()));
        return record;
    }

    static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @PreDestroy
    void close() {
        producer.close();
    }
}
