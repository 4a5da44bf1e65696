package dev.postrider.delivery;

import static dev.postrider.delivery.SafeStore.put;

import dev.postrider.intake.KafkaConfig;
import dev.postrider.submission.PostriderHeaders;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;

/**
 * Stores dead letters on their topic: key, value and headers of the original record untouched, and {@code postrider-*}
 * headers beside them.
 */
@Singleton
@Named("deadLetterTopic")
@RegisterForReflection
public class DeadLetterTopic {

    private final SafeStore store;
    private final KafkaConfig config;
    private final UntilStored untilStored;

    DeadLetterTopic(SafeStore store, KafkaConfig config, UntilStored untilStored) {
        this.store = store;
        this.config = config;
        this.untilStored = untilStored;
    }

    /** Returns when the broker has it. */
    public void store(Settlement settlement) {
        DeadLetter letter = settlement.deadLetter().orElseThrow();
        untilStored.store(
                "store the dead letter of " + letter.arrival().origin().name(), () -> send(letter));
    }

    private void send(DeadLetter letter) throws Exception {
        try {
            store.store(record(letter, letter.arrival().content()));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) {
                throw e;
            }
            // Better a dead letter that says where its content is than a partition that never moves again.
            ProducerRecord<byte[], byte[]> pointer = record(letter, null);
            put(pointer.headers(), PostriderHeaders.CONTENT, "too large for this topic; it stands at the source");
            store.store(pointer);
        }
    }

    private ProducerRecord<byte[], byte[]> record(DeadLetter letter, byte[] value) {
        ProducerRecord<byte[], byte[]> record =
                SafeStore.copy(config.deadLettersTopic(), letter.arrival(), letter.history(), value);
        Headers headers = record.headers();
        letter.id().ifPresent(id -> put(headers, PostriderHeaders.ID, id));
        put(headers, PostriderHeaders.REASON, letter.reason().toString());
        put(headers, PostriderHeaders.DETAIL, letter.detail());
        put(headers, PostriderHeaders.RETRYABLE, Boolean.toString(letter.retryable()));
        letter.recipients().stream().findFirst().ifPresent(first -> {
            put(headers, PostriderHeaders.REPLY, first.reply().toString());
            first.reply().enhancedCode().ifPresent(code -> put(headers, PostriderHeaders.ENHANCED_CODE, code));
        });
        put(
                headers,
                PostriderHeaders.REMAINING_RECIPIENTS,
                String.join(", ", letter.history().recipients()));
        put(headers, PostriderHeaders.FAILED_AT, letter.failedAt().toString());
        put(headers, PostriderHeaders.FAILURE, FailureReport.compact(letter));
        return record;
    }
}
