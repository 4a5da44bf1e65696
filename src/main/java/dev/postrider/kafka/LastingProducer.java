package dev.postrider.kafka;

import dev.postrider.process.Worker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jboss.logging.Logger;

/**
 * A producer, and another one after a failure that the first does not survive: an idempotent producer that was once refused
 * fails for ever, also when the ACL is there. Thread-safe.
 */
public final class LastingProducer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LastingProducer.class);
    private static final Duration TO_CLOSE = Duration.ofSeconds(5);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private Producer<byte[], byte[]> producer;
    private boolean closed;

    /** @param producers makes one that acknowledges only what is safe, and keeps the order */
    public LastingProducer(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    /**
     * Connects and learns of the topic: else the first records wait for that, and what was relayed meanwhile goes out again
     * after a crash. What fails is left to the first record.
     */
    public void connect(String topic) {
        try {
            producer().partitionsFor(topic);
        } catch (KafkaException e) {
            LOG.debugf("not connected to write to %s: %s", topic, e.getMessage());
        }
    }

    /** What is to follow is done by the producer's own thread, and must not hold it up. */
    @SuppressWarnings("FutureReturnValueIgnored") // The callback tells.
    public CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<RecordMetadata> stored = new CompletableFuture<>();
        Producer<byte[], byte[]> sending = producer();
        try {
            sending.send(record, (written, failed) -> {
                if (failed == null) {
                    stored.complete(written);
                } else {
                    failed(sending, failed);
                    stored.completeExceptionally(failed);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            failed(sending, e);
            stored.completeExceptionally(e);
        }
        return stored;
    }

    private synchronized Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = producers.get();
        }
        return producer;
    }

    /**
     * Without the lock where the producer is closed: that waits for the producer's own thread, which fails what is left, and
     * comes here. For the same reason another thread closes it, not the caller's.
     */
    private void failed(Producer<byte[], byte[]> sending, Exception failure) {
        boolean broken = failure instanceof ClusterAuthorizationException
                || failure instanceof UnsupportedVersionException
                || failure instanceof IllegalStateException
                || failure.getClass() == KafkaException.class; // "Cannot perform send because ..."
        if (broken && giveUp(sending)) {
            Worker.thread("producer-close", Worker.surviving(() -> sending.close(Duration.ZERO)))
                    .start();
        }
    }

    private synchronized boolean giveUp(Producer<byte[], byte[]> sending) {
        if (closed || sending != producer) {
            return false;
        }
        producer = null;
        return true;
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> last;
        synchronized (this) {
            closed = true;
            last = producer;
        }
        if (last != null) {
            last.close(TO_CLOSE);
        }
    }
}
