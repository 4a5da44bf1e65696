package dev.postrider.delivery;

import static dev.postrider.delivery.SafeStore.put;

import dev.postrider.intake.KafkaConfig;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.History;
import dev.postrider.submission.Origin.TopicRecord;
import dev.postrider.submission.PostriderHeaders;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Stores dead letters on their topic: key, value and headers of the original record untouched, and {@code postrider-*}
 * headers beside them. What does not fit into the topic is left out, and the record says so.
 */
@Singleton
@Named("deadLetterTopic")
@RegisterForReflection
public class DeadLetterTopic {

    /** A report that is longer tells of the first recipients only; the topics have room for 1 MB beside the request. */
    private static final int LONGEST_REPORT = 200_000;

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

    /** Better a dead letter that says where the rest is than a partition that never moves again. */
    private void send(DeadLetter letter) throws Exception {
        boolean stored = fits(record(letter, Extent.WHOLE))
                || fits(record(letter, Extent.WITHOUT_VALUE))
                || fits(record(letter, Extent.WITHOUT_HEADERS));
        if (!stored) {
            point(letter);
        }
    }

    private void point(DeadLetter letter) throws Exception {
        if (!fits(record(letter, Extent.POINTER))) {
            if (letter.history().recipients().size() < 2) {
                throw new IOException("not even a record that says where it came from fits into "
                        + config.deadLettersTopic() + ": raise its max.message.bytes");
            }
            for (DeadLetter half : letter.halves()) {
                point(half);
            }
        }
    }

    private boolean fits(ProducerRecord<byte[], byte[]> record) throws Exception {
        try {
            store.store(record);
            return true;
        } catch (ExecutionException e) {
            if (SafeStore.isTooLarge(e)) {
                return false;
            }
            throw e;
        }
    }

    private ProducerRecord<byte[], byte[]> record(DeadLetter letter, Extent extent) {
        TopicRecord source = (TopicRecord) letter.arrival().origin();
        byte[] value = extent.hasValue() ? letter.arrival().content() : null;
        String report = FailureReport.compact(letter);
        boolean isShort = extent == Extent.POINTER || report.length() > LONGEST_REPORT;
        DeadLetter told = isShort ? letter.shortened() : letter;
        Set<String> leftOut = new LinkedHashSet<>();
        if (value == null && letter.arrival().content() != null) {
            leftOut.add("value");
        }
        if (!extent.hasHeaders() && !source.headers().isEmpty()) {
            leftOut.add("headers");
        }
        if (!extent.hasKey() && source.key() != null) {
            leftOut.add("key");
        }
        if (isShort) {
            leftOut.add("failure");
        }
        // The report says who is left; for a long list once more is too often.
        History history = isShort ? new History(told.history().redrives(), List.of(), List.of()) : letter.history();
        ProducerRecord<byte[], byte[]> record =
                SafeStore.copy(config.deadLettersTopic(), extent.of(letter.arrival(), source), history, value);
        Headers headers = record.headers();
        letter.id().ifPresent(id -> put(headers, PostriderHeaders.ID, id));
        put(headers, PostriderHeaders.REASON, letter.reason().toString());
        put(headers, PostriderHeaders.DETAIL, told.detail());
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
        put(headers, PostriderHeaders.FAILURE, isShort ? FailureReport.compact(told) : report);
        if (leftOut.contains("value")) {
            put(headers, PostriderHeaders.CONTENT, "too large for this topic; it stands at the source");
        }
        if (!leftOut.isEmpty()) {
            put(headers, PostriderHeaders.SHORTENED, String.join(", ", leftOut));
        }
        return record;
    }

    /** How much of the record that came in a dead letter has: each less than the one before, the last next to nothing. */
    private enum Extent {
        WHOLE,
        WITHOUT_VALUE,
        WITHOUT_HEADERS,
        POINTER;

        boolean hasValue() {
            return this == WHOLE;
        }

        boolean hasHeaders() {
            return this == WHOLE || this == WITHOUT_VALUE;
        }

        boolean hasKey() {
            return this != POINTER;
        }

        Arrival of(Arrival arrival, TopicRecord source) {
            TopicRecord part = new TopicRecord(
                    source.topic(),
                    source.partition(),
                    source.offset(),
                    source.timestamp(),
                    hasKey() ? source.key() : null,
                    hasHeaders() ? source.headers() : List.of());
            return new Arrival(part, arrival.content(), arrival.history(), arrival.fault(), arrival.receipt());
        }
    }
}
