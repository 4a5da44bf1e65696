package dev.postrider.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.submission.PostriderHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;

/**
 * Sends dead letters back to the topic they came from. The request and the note that it was redriven are one transaction:
 * either both are there or neither is, whenever the run ends. A second run takes the transactional id over and with it
 * the right to write; what the first one had not committed never was.
 */
final class TopicRedriving implements Redriving {

    private static final int MOST_RECORDS = 500;
    private static final long MOST_BYTES = 16L << 20;

    private final KafkaParts kafka;
    private final RedriveSettings settings;
    private final Listener listener;
    private final Producer<byte[], byte[]> producer;
    private final List<Pair> batch = new ArrayList<>();
    private long batchBytes;

    /** Two records that stand or fall together. */
    private record Pair(Parked parked, ProducerRecord<byte[], byte[]> request, ProducerRecord<byte[], byte[]> note) {}

    TopicRedriving(KafkaParts kafka, Listener listener) {
        this.kafka = kafka;
        this.settings = kafka.settings();
        this.listener = listener;
        new RedrivenTopic(kafka).ensure();
        this.producer = kafka.transactionalWriter();
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw kafka.trouble()
                    .explain("begin a transaction as " + settings.deployment().name() + "-redrive", e);
        }
    }

    /** The topic it came from, if that is still one of those requests are taken from. */
    static String target(Parked parked, RedriveSettings settings) {
        return Optional.of(parked.source().path("topic"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(settings.requestsTopics()::contains)
                .orElse(settings.requestsTopics().get(0));
    }

    @Override
    public void redrive(Letter letter, Outgoing outgoing) {
        TopicLetter dead = (TopicLetter) letter;
        byte[] content = outgoing.content().orElse(null);
        batch.add(new Pair(dead.parked(), request(dead, outgoing, content), note(dead)));
        batchBytes += content == null ? 0 : content.length;
        if (batch.size() >= MOST_RECORDS || batchBytes >= MOST_BYTES) {
            finish();
        }
    }

    private ProducerRecord<byte[], byte[]> request(TopicLetter letter, Outgoing outgoing, byte[] content) {
        Headers headers = letter.headers();
        headers.add(PostriderHeaders.HISTORY, Json.bytes(History.redriven(letter.parked(), outgoing.recipients())));
        headers.add(
                PostriderHeaders.REDRIVEN_FROM,
                letter.parked().place().toString().getBytes(StandardCharsets.UTF_8));
        return new ProducerRecord<>(target(letter.parked(), settings), null, letter.key(), content, headers);
    }

    private ProducerRecord<byte[], byte[]> note(TopicLetter letter) {
        byte[] value = Redriven.value(
                letter.record(),
                target(letter.parked(), settings),
                letter.parked().redrives() + 1,
                Instant.now());
        ProducerRecord<byte[], byte[]> note =
                new ProducerRecord<>(settings.redrivenTopic(), Redriven.key(letter.record()), value);
        settings.deployment().sign(note.headers());
        return note;
    }

    @Override
    public void finish() {
        List<Pair> pairs = List.copyOf(batch);
        batch.clear();
        batchBytes = 0;
        if (!pairs.isEmpty() && !commit(pairs) && pairs.size() > 1) {
            pairs.forEach(pair -> commit(List.of(pair))); // To find out which one it was.
        }
    }

    /** False when a record is too large, and nothing was sent; said of one that is alone. */
    private boolean commit(List<Pair> pairs) {
        try {
            producer.beginTransaction();
            for (Pair pair : pairs) {
                send(pair.request());
                send(pair.note());
            }
            producer.commitTransaction();
        } catch (KafkaException e) {
            abort(e);
            if (!tooLarge(e)) {
                throw kafka.trouble().explain("redrive", e);
            }
            if (pairs.size() == 1) {
                Pair pair = pairs.get(0);
                listener.refused(
                        pair.parked(), "it is too large for " + pair.request().topic() + " now");
            }
            return false;
        }
        listener.redriven(pairs.size());
        return true;
    }

    /** At once: what is left open holds up those who read the requests. */
    private void abort(KafkaException why) {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            why.addSuppressed(e); // Another run has aborted it for us, or its time will.
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // commitTransaction throws if one of them failed.
    private void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record);
    }

    private static boolean tooLarge(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
