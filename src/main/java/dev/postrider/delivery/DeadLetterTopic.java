package dev.postrider.delivery;

import dev.postrider.intake.KafkaClients;
import dev.postrider.intake.KafkaConfig;
import dev.postrider.smtp.RecipientReport;
import dev.postrider.submission.Origin.TopicRecord;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;

/**
 * Stores dead letters on their topic: key, value and headers of the original record untouched, and {@code postrider-*}
 * headers beside them. Not Camel's producer: it carries headers in a map, which loses repeated names, changes their case
 * and drops some.
 */
@Singleton
@Named("deadLetterTopic")
@RegisterForReflection
public class DeadLetterTopic {

    private final KafkaClients clients;
    private final KafkaConfig config;
    private final UntilStored untilStored;
    private Producer<byte[], byte[]> producer;

    DeadLetterTopic(KafkaClients clients, KafkaConfig config, UntilStored untilStored) {
        this.clients = clients;
        this.config = config;
        this.untilStored = untilStored;
    }

    /** Returns when the broker has it. */
    public void store(DeadLetter letter) {
        untilStored.store(
                "store the dead letter of " + letter.arrival().origin().name(), () -> send(letter));
    }

    private void send(DeadLetter letter) throws Exception {
        TopicRecord source = (TopicRecord) letter.arrival().origin();
        try {
            producer().send(record(letter, source, letter.arrival().content())).get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) {
                throw e;
            }
            // Better a dead letter that says where its content is than a partition that never moves again.
            ProducerRecord<byte[], byte[]> pointer = record(letter, source, null);
            put(pointer.headers(), "content", "too large for this topic; it stands at the source");
            producer().send(pointer).get();
        }
    }

    private ProducerRecord<byte[], byte[]> record(DeadLetter letter, TopicRecord source, byte[] value) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(config.deadLettersTopic(), null, null, source.key(), value);
        Headers headers = record.headers();
        source.headers().forEach(header -> headers.add(header.name(), header.value()));
        letter.id().ifPresent(id -> put(headers, "id", id));
        put(headers, "reason", letter.reason().toString());
        put(headers, "detail", letter.detail());
        put(headers, "retryable", Boolean.toString(letter.retryable()));
        letter.recipients().stream().findFirst().ifPresent(first -> {
            put(headers, "reply", first.reply().toString());
            first.reply().enhancedCode().ifPresent(code -> put(headers, "enhanced-code", code));
        });
        put(
                headers,
                "remaining-recipients",
                letter.recipients().stream().map(RecipientReport::recipient).collect(Collectors.joining(", ")));
        put(headers, "failed-at", letter.failedAt().toString());
        put(headers, "source-topic", source.topic());
        put(headers, "source-partition", Integer.toString(source.partition()));
        put(headers, "source-offset", Long.toString(source.offset()));
        put(headers, "redrive-count", "0");
        put(headers, "failure", FailureReport.compact(letter));
        return record;
    }

    private static void put(Headers headers, String name, String value) {
        headers.add("postrider-" + name, value.getBytes(StandardCharsets.UTF_8));
    }

    private synchronized Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = clients.safeProducer();
        }
        return producer;
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
        }
    }
}
