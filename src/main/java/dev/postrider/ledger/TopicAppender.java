package dev.postrider.ledger;

import dev.postrider.kafka.SafeProducer;
import dev.postrider.process.FatalErrors;
import dev.postrider.process.Worker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/**
 * Writes entries to the topic, in batches. A thread of its own, because a producer that does not know the topic yet makes
 * its caller wait. Whatever fails is sent again, by a new producer: some errors a producer does not survive.
 */
final class TopicAppender {

    private static final Logger LOG = Logger.getLogger(TopicAppender.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration TO_CLOSE = Duration.ofSeconds(5);
    private static final Duration TO_FLUSH = Duration.ofSeconds(4);

    private final Backlog backlog = new Backlog(Duration.ZERO);
    private final Trouble trouble = new Trouble(LOG);
    /** Taken from the backlog and not yet given to a producer. For this thread only. */
    private final Deque<Entry> batch = new ArrayDeque<>();

    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Map<String, Object> settings;
    private final String topic;
    private final Thread thread = Worker.thread("ledger-append", this::work);
    private volatile boolean closing;

    TopicAppender(Map<String, Object> kafka, String topic) {
        this.topic = topic;
        this.settings = SafeProducer.settings(kafka);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000");
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Long.toString(8L << 20));
    }

    void start() {
        thread.start();
    }

    void append(Entry entry) {
        backlog.add(entry);
    }

    /** Has what waits sent, for a few seconds at most. */
    void close() {
        closing = true;
        try {
            thread.join(TO_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        if (backlog.size() > 0) {
            LOG.warnf("%d entries of the ledger could not be stored and might be relayed again", backlog.size());
        }
    }

    private void work() {
        while (!done()) {
            try {
                write();
            } catch (InterruptedException | InterruptException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                FatalErrors.check(e);
                tell(e);
            }
            failure.set(null);
            if (!done() && !pause()) {
                return;
            }
        }
    }

    private boolean done() {
        return closing && batch.isEmpty() && backlog.size() == 0;
    }

    private boolean pause() {
        try {
            Thread.sleep(AFTER_FAILURE.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends when all is written and we close, or with what went wrong. */
    private void write() throws InterruptedException {
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        Duration patience = Duration.ZERO;
        try {
            while (!done()) {
                batch.addAll(backlog.next(Duration.ofMillis(200)));
                while (!batch.isEmpty()) {
                    RuntimeException failed = failure.get();
                    if (failed != null) {
                        throw failed;
                    }
                    sendNext(producer);
                }
            }
            patience = TO_FLUSH;
        } finally {
            producer.close(patience); // What it has not sent comes back by the callback.
        }
    }

    /** No topic, or no room for what waits for the broker: this producer is as good as another, and is asked again. */
    private void sendNext(Producer<byte[], byte[]> producer) {
        try {
            send(producer, batch.element());
            batch.remove();
        } catch (TimeoutException e) {
            tell(e);
        }
    }

    private void tell(Throwable e) {
        trouble.tell(
                e.getClass().getName(),
                "cannot store the ledger on " + topic + ", trying until it works: " + e.getMessage());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback tells.
    private void send(Producer<byte[], byte[]> producer, Entry entry) {
        producer.send(LedgerRecord.write(topic, entry), (written, failed) -> {
            if (failed == null) {
                trouble.over("the ledger can be stored again");
            } else {
                failure.compareAndSet(null, failed instanceof RuntimeException e ? e : new KafkaException(failed));
                backlog.add(entry);
            }
        });
    }
}
