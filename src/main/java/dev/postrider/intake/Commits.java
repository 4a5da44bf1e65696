package dev.postrider.intake;

import dev.postrider.intake.PartitionProgress.Commit;
import dev.postrider.kafka.LastSeen;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/**
 * How far the partitions of one consumer have come, and the committing of it. Records are settled in any order by other
 * threads; everything here is for the consumer's own thread, the one that may talk to Kafka.
 */
final class Commits {

    private static final Logger LOG = Logger.getLogger(Commits.class);
    private static final long INTERVAL_NANOS = Duration.ofMillis(100).toNanos();
    private static final long MOST_RECORDS = 500;
    private static final Duration A_LITTLE = Duration.ofMillis(50);

    private final Consumer<?, ?> consumer;
    private final InFlight inFlight;
    private final LastSeen membership;
    private final Duration drainTimeout;
    private final Map<TopicPartition, PartitionProgress> progress = new ConcurrentHashMap<>();
    private long lastCommit = System.nanoTime();

    Commits(Consumer<?, ?> consumer, InFlight inFlight, LastSeen membership, Duration drainTimeout) {
        this.consumer = consumer;
        this.inFlight = inFlight;
        this.membership = membership;
        this.drainTimeout = drainTimeout;
    }

    PartitionProgress of(TopicPartition partition) {
        return progress.computeIfAbsent(partition, p -> new PartitionProgress());
    }

    /** Whether the partition has to wait until what stands before its next record is settled. */
    boolean isFull(TopicPartition partition) {
        OptionalLong position = position(partition);
        return position.isPresent() && !of(partition).mayTake(position.getAsLong());
    }

    /** Partitions are ours from now on; goes on where the last owner stopped. */
    void begin(Collection<TopicPartition> partitions) {
        consumer.committed(Set.copyOf(partitions)).forEach((partition, last) -> {
            if (last != null) {
                progress.put(partition, new PartitionProgress(last));
            }
        });
    }

    /** Whether something was taken and is not committed yet. */
    boolean open() {
        return progress.values().stream().anyMatch(partition -> partition.open() > 0);
    }

    /**
     * Every 100 ms, or as soon as there are 500 to commit.
     *
     * @param polled partitions of which records were polled and not taken yet
     */
    void ifDue(Set<TopicPartition> polled) {
        long now = System.nanoTime();
        if (now - lastCommit < INTERVAL_NANOS && uncommitted() < MOST_RECORDS) {
            return;
        }
        lastCommit = now;
        progress.forEach((partition, state) -> {
            if (!polled.contains(partition) && state.open() == 0) {
                position(partition).ifPresent(state::passed);
            }
        });
        Map<TopicPartition, Commit> commits = commits(progress);
        if (!commits.isEmpty()) {
            consumer.commitAsync(offsets(commits), (offsets, failure) -> {
                if (failure == null) {
                    confirm(commits);
                } else {
                    // The next commit covers it; if none follows, the records come again and nothing is lost.
                    LOG.debugf("commit of %s failed: %s", offsets, failure.getMessage());
                }
            });
        }
    }

    /**
     * Lets nothing more begin in these partitions, gives what is under way a while to finish, commits what is settled, and
     * forgets them.
     */
    void end(Collection<TopicPartition> partitions) {
        Map<TopicPartition, PartitionProgress> leaving = new HashMap<>(progress);
        leaving.keySet().retainAll(partitions);
        leaving.values().forEach(PartitionProgress::leave);
        awaitFinished(leaving);
        Map<TopicPartition, Commit> commits = commits(leaving);
        if (!commits.isEmpty()) {
            try {
                consumer.commitSync(offsets(commits), drainTimeout);
            } catch (KafkaException e) {
                LOG.warnf(
                        "could not commit %s before giving it up: %s; what was settled since the last commit comes again",
                        commits.keySet(), e.getMessage());
            }
        }
        int underWay = sum(leaving, PartitionProgress::underWay);
        if (underWay > 0) {
            LOG.warnf(
                    "gave up %s with %d requests under way after %d s; they come again, and may be relayed twice",
                    leaving.keySet(), underWay, drainTimeout.toSeconds());
        }
        int notBegun = sum(leaving, PartitionProgress::unsettled) - underWay;
        if (notBegun > 0) {
            LOG.infof("gave up %s with %d requests not begun; they come again", leaving.keySet(), notBegun);
        }
        forget(partitions);
    }

    /** As {@link #end}, for all. */
    void endAll() {
        end(Set.copyOf(progress.keySet()));
    }

    /** As {@link #forget}, for all. */
    void forgetAll() {
        forget(Set.copyOf(progress.keySet()));
    }

    /** These are someone else's already. */
    void forget(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionProgress leaving = progress.remove(partition);
            if (leaving != null) {
                leaving.giveUp();
            }
        }
    }

    /** Without asking the broker; empty when it is not known here. */
    private OptionalLong position(TopicPartition partition) {
        try {
            return OptionalLong.of(consumer.position(partition, Duration.ZERO));
        } catch (TimeoutException | IllegalStateException e) {
            return OptionalLong.empty(); // Just assigned, or not ours any more.
        }
    }

    private void awaitFinished(Map<TopicPartition, PartitionProgress> leaving) {
        long end = System.nanoTime() + drainTimeout.toNanos();
        try {
            while (sum(leaving, PartitionProgress::underWay) > 0 && System.nanoTime() < end) {
                inFlight.awaitRelease(A_LITTLE);
                membership.renew(); // Waiting on purpose keeps us in the group.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int sum(Map<TopicPartition, PartitionProgress> partitions, ToIntFunction<PartitionProgress> what) {
        return partitions.values().stream().mapToInt(what).sum();
    }

    private long uncommitted() {
        return progress.values().stream()
                .mapToLong(PartitionProgress::uncommitted)
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
}
