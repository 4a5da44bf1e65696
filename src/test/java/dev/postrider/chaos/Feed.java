package dev.postrider.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends requests in turn to the topic and to the folder, evenly over a time, on a thread of its own. It is a client that
 * does not give up: while the broker is away or the disk is full it tries on.
 */
final class Feed {

    /** What a file is called until it is whole. */
    static final String HIDDEN = ".written-";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration A_LITTLE = Duration.ofMillis(100);

    private final World world;
    private final List<Request> requests;
    private final Duration span;
    private final Thread thread = new Thread(this::send, "feed");
    private final List<Future<RecordMetadata>> onTheirWay = new ArrayList<>();
    private volatile Throwable trouble;
    private final AtomicInteger sent = new AtomicInteger();

    Feed(World world, List<Request> requests, Duration span) {
        this.world = world;
        this.requests = requests;
        this.span = span;
    }

    Feed start() {
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** Returns when all of it is in: acknowledged by the broker, or in the inbox. */
    void awaitEnd() throws InterruptedException {
        thread.join(PATIENCE.toMillis());
        if (trouble != null || thread.isAlive()) {
            throw new IllegalStateException("could send only " + sent + " of " + requests.size(), trouble);
        }
    }

    private void send() {
        long start = System.nanoTime();
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (Request request : requests) {
                int number = sent.get();
                long due = start + span.toNanos() / requests.size() * number;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                if (number % 2 == 0) {
                    onTheirWay.add(producer.send(record(request, number / 2 % Topics.PARTITIONS)));
                } else {
                    drop(request);
                }
                sent.incrementAndGet();
            }
            for (Future<RecordMetadata> record : onTheirWay) {
                record.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (Exception e) {
            trouble = e;
        }
    }

    private ProducerRecord<byte[], byte[]> record(Request request, int partition) {
        return new ProducerRecord<>(
                world.topics().requests(),
                partition,
                request.id().getBytes(UTF_8),
                request.content().getBytes(UTF_8));
    }

    /** As README says: written under a name that begins with a dot, then renamed. */
    private void drop(Request request) throws IOException {
        Path inbox = world.spool().resolve("inbox");
        Path hidden = inbox.resolve(HIDDEN + request.fileName());
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Files.writeString(hidden, request.content());
                Files.move(hidden, inbox.resolve(request.fileName()), StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(A_LITTLE.toNanos());
            }
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.ofEntries(
                        Map.entry("bootstrap.servers", world.broker().bootstrapServers()),
                        Map.entry("acks", "all"),
                        Map.entry("enable.idempotence", true),
                        Map.entry("max.in.flight.requests.per.connection", 1), // KAFKA-15591
                        Map.entry("delivery.timeout.ms", (int) PATIENCE.toMillis()),
                        Map.entry("max.block.ms", (int) PATIENCE.toMillis())),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
