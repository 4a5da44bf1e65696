package dev.postrider.intake;

import dev.postrider.intake.PartitionProgress.Commit;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * The consumer under Camel's {@code kafka} endpoint. Camel polls and hands over, one record after another; this class
 * sees to it that the polling never waits for the relay and that nothing is committed before its time:
 *
 * <ul>
 *   <li>while too much is in flight the partitions are paused, and polling goes on, so that the group keeps us;
 *   <li>records are settled in any order by other threads; here, on the one thread that may talk to Kafka, the prefix
 *       without gaps is committed, every 100 ms at most;
 *   <li>before partitions go to someone else, and before closing, what is under way gets a while to finish.
 * </ul>
 */
final class PacedConsumer extends KafkaConsumer<Object, Object> {

    private static final Logger LOG = Logger.getLogger(PacedConsumer.class);
    private static final long COMMIT_INTERVAL_NANOS = Duration.ofMillis(100).toNanos();
    private static final Duration A_LITTLE = Duration.ofMillis(50);
    private static final Duration WHILE_BUSY = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final InFlight inFlight;
    private final Duration drainTimeout;
    private final Map<TopicPartition, PartitionProgress> progress = new ConcurrentHashMap<>();
    private long lastCommit = System.nanoTime();
    private String refusal = "";

    PacedConsumer(Properties properties, InFlight inFlight, Duration drainTimeout) {
        super(properties);
        this.inFlight = inFlight;
        this.drainTimeout = drainTimeout;
    }

    /** The receipt for a record this consumer has just returned from {@link #poll}. */
    RecordReceipt receipt(TopicPartition partition, long offset) {
        return new RecordReceipt(progress.get(partition), offset, inFlight);
    }

    /**
     * Camel reconnects after whatever this throws, and does so at once and for ever, save for a refused log-in, after
     * which it gives up for good. So failures come out of here slowly, and refusals not at all.
     */
    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        try {
            return paced(timeout);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (AuthenticationException | AuthorizationException e) {
            if (!e.getMessage().equals(refusal)) {
                refusal = e.getMessage();
                LOG.errorf("Kafka does not let us read: %s", refusal);
            }
            LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            return ConsumerRecords.empty();
        } catch (KafkaException e) {
            LOG.warnf("polling Kafka failed, reconnecting: %s", e.getMessage());
            LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            throw e;
        }
    }

    private ConsumerRecords<Object, Object> paced(Duration timeout) {
        commitIfDue();
        ConsumerRecords<Object, Object> polled = inFlight.hasRoom() ? take(timeout) : takeNothing(timeout);
        Map<TopicPartition, List<ConsumerRecord<Object, Object>>> ours = new LinkedHashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            PartitionProgress state = progress.computeIfAbsent(partition, p -> new PartitionProgress());
            ours.put(
                    partition,
                    polled.records(partition).stream()
                            .filter(record -> state.taken(record.offset()))
                            .peek(record -> inFlight.take())
                            .toList());
        }
        return new ConsumerRecords<>(ours, polled.nextOffsets());
    }

    private ConsumerRecords<Object, Object> take(Duration timeout) {
        resume(paused());
        boolean busy = progress.values().stream().anyMatch(partition -> partition.open() > 0);
        // With something under way, come back soon to commit it.
        return super.poll(busy && timeout.compareTo(WHILE_BUSY) > 0 ? WHILE_BUSY : timeout);
    }

    private ConsumerRecords<Object, Object> takeNothing(Duration timeout) {
        pause(assignment());
        try {
            inFlight.awaitRoom(timeout.compareTo(WHILE_BUSY) > 0 ? WHILE_BUSY : timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return super.poll(Duration.ZERO); // Paused: this only keeps us in the group.
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Drain(listener));
    }

    @Override
    public void subscribe(Pattern topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Drain(listener));
    }

    @Override
    public void unsubscribe() {
        drain(Map.copyOf(progress));
        super.unsubscribe();
        progress.clear();
    }

    private void commitIfDue() {
        long now = System.nanoTime();
        if (now - lastCommit < COMMIT_INTERVAL_NANOS) {
            return;
        }
        lastCommit = now;
        Map<TopicPartition, Commit> commits = commits(progress);
        if (!commits.isEmpty()) {
            commitAsync(offsets(commits), (offsets, failure) -> {
                if (failure == null) {
                    confirm(commits);
                } else {
                    // The next commit covers it; if none follows, the records come again and nothing is lost.
                    LOG.debugf("commit of %s failed: %s", offsets, failure.getMessage());
                }
            });
        }
    }

    /** Gives what is under way in these partitions a while to finish, then commits what is settled. */
    private void drain(Map<TopicPartition, PartitionProgress> leaving) {
        long end = System.nanoTime() + drainTimeout.toNanos();
        try {
            while (unsettled(leaving) > 0 && System.nanoTime() < end) {
                inFlight.awaitRelease(A_LITTLE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Map<TopicPartition, Commit> commits = commits(leaving);
        if (!commits.isEmpty()) {
            try {
                commitSync(offsets(commits), drainTimeout);
                confirm(commits);
            } catch (KafkaException e) {
                LOG.warnf(
                        "could not commit %s before giving it up: %s; what was settled since the last commit comes again",
                        commits.keySet(), e.getMessage());
            }
        }
        int left = unsettled(leaving);
        if (left > 0) {
            LOG.infof("gave up %s with %d requests unsettled; they come again", leaving.keySet(), left);
        }
    }

    private static int unsettled(Map<TopicPartition, PartitionProgress> partitions) {
        return partitions.values().stream()
                .mapToInt(PartitionProgress::unsettled)
                .sum();
    }

    private static Map<TopicPartition, Commit> commits(Map<TopicPartition, PartitionProgress> partitions) {
        Map<TopicPartition, Commit> commits = new HashMap<>();
        partitions.forEach((partition, state) -> state.toCommit().ifPresent(commit -> commits.put(partition, commit)));
        return commits;
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Map<TopicPartition, Commit> commits) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        commits.forEach((partition, commit) -> offsets.put(partition, commit.offset()));
        return offsets;
    }

    private void confirm(Map<TopicPartition, Commit> committed) {
        committed.forEach((partition, commit) -> {
            PartitionProgress state = progress.get(partition);
            if (state != null) {
                state.committed(commit);
            }
        });
    }

    /** Before Camel's own listener hears of it, finishes and commits. */
    private final class Drain implements ConsumerRebalanceListener {

        private final ConsumerRebalanceListener next;

        Drain(ConsumerRebalanceListener next) {
            this.next = next;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            Map<TopicPartition, PartitionProgress> leaving = new HashMap<>(progress);
            leaving.keySet().retainAll(partitions);
            drain(leaving);
            progress.keySet().removeAll(partitions);
            next.onPartitionsRevoked(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            progress.keySet().removeAll(partitions); // Someone else has them already.
            next.onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            committed(Set.copyOf(partitions)).forEach((partition, last) -> {
                if (last != null) {
                    progress.put(partition, new PartitionProgress(last));
                }
            });
            next.onPartitionsAssigned(partitions);
        }
    }
}
