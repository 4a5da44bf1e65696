package dev.postrider.ledger;

import dev.postrider.kafka.LastSeen;
import dev.postrider.process.FatalErrors;
import dev.postrider.process.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads the topic from the beginning of the window to its end, and then on: what other instances note comes in within
 * moments. In no group, since every instance reads everything. Whatever goes wrong, it begins again where it was.
 */
final class TopicFollower {

    private static final Logger LOG = Logger.getLogger(TopicFollower.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    /** The first time of all the topic is being made while we look. */
    private static final int MISSES_WORTH_TELLING = 3;

    private static final Duration NEW_PARTITIONS = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofSeconds(1);

    /** Much of what comes in is our own. Asked for one by one, it costs as much as the requests themselves. */
    private static final Duration TOGETHER = Duration.ofMillis(50);

    private static final Duration TO_CLOSE = Duration.ofMillis(500);

    /** Longer than a look takes at the most, unless this process is stopped or the broker is away. */
    private static final Duration TOO_LONG_AGO = Duration.ofSeconds(5);

    private final Trouble trouble = new Trouble(LOG);
    private final CountDownLatch closing = new CountDownLatch(1);
    /** What is to be read next; for this thread only, as is the other. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    /** Where the partitions ended when they were first seen, or after a gap; empty once all are read up to there. */
    private final Map<TopicPartition, Long> toLoad = new HashMap<>();

    private final Map<String, Object> settings;
    private final String topic;
    private final Duration window;
    private final Clock clock;
    private final LedgerStore.Reader reader;
    private final Thread thread = Worker.thread("ledger-follow", this::work);
    private boolean loaded;
    /** Of those who ask. */
    private volatile LastSeen looked = new LastSeen(TOO_LONG_AGO);
    /** The same, from before the ends to be read up to were asked for. */
    private LastSeen looking = looked;

    TopicFollower(Map<String, Object> kafka, String topic, Duration window, Clock clock, LedgerStore.Reader reader) {
        this.topic = topic;
        this.window = window;
        this.clock = clock;
        this.reader = reader;
        this.settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        // Our position is gone: deleted for its age while we were away, or the whole topic was made anew.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "9000");
    }

    void start() {
        thread.start();
    }

    /** Whether everything is read that stood there a few seconds ago. */
    boolean isCurrent() {
        return !looked.isOld();
    }

    /** Ends by itself, a moment later: nothing is lost with it. */
    void close() {
        closing.countDown();
    }

    private void work() {
        while (!closed(Duration.ZERO)) {
            Consumer<byte[], byte[]> consumer = null;
            try {
                consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                follow(consumer);
            } catch (RuntimeException | Error e) {
                FatalErrors.check(e);
                tell(e.getClass().getName(), "cannot read the ledger from " + topic + ": " + e.getMessage());
                closed(AFTER_FAILURE);
            } finally {
                close(consumer);
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        long assignedAt = 0;
        boolean assigned = false;
        int missed = 0;
        while (!closed(Duration.ZERO)) {
            if (!assigned || System.nanoTime() - assignedAt > NEW_PARTITIONS.toNanos()) {
                assigned = assign(consumer);
                assignedAt = System.nanoTime();
            }
            if (assigned) {
                missed = 0;
                if (!looking.renew()) {
                    looking = new LastSeen(TOO_LONG_AGO);
                    toLoad.putAll(consumer.endOffsets(consumer.assignment()));
                }
                ConsumerRecords<byte[], byte[]> noted = consumer.poll(GLANCE);
                noted.forEach(record -> LedgerRecord.read(record).ifPresent(reader::read));
                consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
                toLoad.entrySet().removeIf(end -> positions.get(end.getKey()) >= end.getValue());
                tellLoaded();
                if (loaded && !noted.isEmpty()) {
                    closed(TOGETHER);
                }
            } else {
                if (++missed >= MISSES_WORTH_TELLING) {
                    tell("missing", "no topic " + topic + ", of which the ledger is read");
                }
                closed(AFTER_FAILURE);
            }
        }
    }

    /** @return false when there is no such topic */
    private boolean assign(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> all = Optional.ofNullable(consumer.partitionsFor(topic)).orElse(List.of()).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        List<TopicPartition> unknown = new ArrayList<>(all);
        unknown.removeAll(positions.keySet());
        if (!unknown.isEmpty()) {
            locate(consumer, unknown);
        }
        toLoad.keySet().retainAll(all); // The topic may be deleted and made anew before all of it was read.
        consumer.endOffsets(toLoad.keySet()).forEach((partition, end) -> toLoad.merge(partition, end, Math::min));
        if (!all.isEmpty() && !consumer.assignment().equals(Set.copyOf(all))) {
            consumer.assign(all);
            all.forEach(partition -> consumer.seek(partition, positions.get(partition)));
        }
        return !all.isEmpty();
    }

    /** Finds the window's beginning, in each of these. */
    private void locate(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        // The ends first: what is younger than the window and comes in between would else be skipped.
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long since = clock.instant().minus(window).toEpochMilli();
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, since));
        Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp start = starts.get(partition);
            positions.put(partition, start == null ? ends.get(partition) : Long.valueOf(start.offset()));
            if (!loaded) {
                toLoad.put(partition, ends.get(partition));
            }
        }
    }

    private void tellLoaded() {
        trouble.over("the ledger can be read again");
        if (toLoad.isEmpty()) {
            looked = looking;
            if (!loaded) {
                loaded = true;
                reader.loaded();
            }
        }
    }

    private void tell(String kind, String what) {
        trouble.tell(kind, loaded ? what : what + "; nothing is relayed until it works");
    }

    /** Whether we were closed; waits for that so long. */
    private boolean closed(Duration patience) {
        try {
            return closing.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void close(Consumer<byte[], byte[]> consumer) {
        try {
            if (consumer != null) {
                consumer.close(TO_CLOSE);
            }
        } catch (RuntimeException e) {
            LOG.debugf("closing a consumer: %s", e.getMessage());
        }
    }
}
