package dev.postrider.intake;

import dev.postrider.kafka.LastSeen;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * The consumer under Camel's {@code kafka} endpoint. Camel polls and hands over, one record after another; this class
 * sees to it that the polling never waits for the relay:
 *
 * <ul>
 *   <li>no more is handed over than there is room for; while there is none the partitions are paused and polling goes on,
 *       so that the group keeps us;
 *   <li>a record of a retry topic is handed over when it is due; until then its partition is paused;
 *   <li>a partition with a record that is left unsettled is paused once it is too far ahead of it to be noted;
 *   <li>before partitions go to someone else, and before closing, what is under way gets a while to finish, and what was
 *       not begun is left to the next owner.
 * </ul>
 */
final class PacedConsumer extends KafkaConsumer<Object, Object> {

    private static final Logger LOG = Logger.getLogger(PacedConsumer.class);
    private static final Duration WHILE_BUSY = Duration.ofMillis(100);
    private static final Duration A_LITTLE = Duration.ofMillis(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final String group;
    private final String instanceId;
    private final InFlight inFlight;
    private final Commits commits;
    private final DueTimes dueTimes;
    private final ConsumerHealth health;
    private final LastSeen membership;
    private final Duration longestPoll;
    private final Backlog backlog = new Backlog();
    private final OthersRecords anothers = new OthersRecords();
    private Runnable subscription = () -> {};
    private boolean ended;
    private long lastPoll = System.nanoTime();

    PacedConsumer(
            Properties properties,
            InFlight inFlight,
            DueTimes dueTimes,
            ConsumerHealth health,
            Duration sessionTimeout,
            Duration drainTimeout) {
        super(properties);
        this.group = String.valueOf(properties.get(ConsumerConfig.GROUP_ID_CONFIG));
        this.instanceId = String.valueOf(properties.get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
        this.membership = new LastSeen(sessionTimeout);
        this.longestPoll = sessionTimeout.dividedBy(3);
        this.inFlight = inFlight;
        this.dueTimes = dueTimes;
        this.health = health;
        this.commits = new Commits(this, inFlight, membership, drainTimeout);
    }

    /** The receipt for a record this consumer has just returned from {@link #poll}. */
    RecordReceipt receipt(TopicPartition partition, long offset) {
        return new RecordReceipt(commits.of(partition), offset, inFlight, membership);
    }

    /**
     * Camel reconnects after whatever this throws, and does so at once and for ever, save for a refused log-in, after
     * which it gives up for good. So failures come out of here slowly; refusals, and what no reconnecting mends, not at all.
     */
    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        if (ended) {
            LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            return ConsumerRecords.empty();
        }
        try {
            commits.ifDue(backlog.partitions());
            if (backlog.isEmpty() && inFlight.hasRoom()) {
                fetch(timeout);
            } else {
                awaitRoom(timeout);
            }
            if (!assignment().isEmpty()) {
                health.works(group);
            }
            return handOver();
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            return failed(e);
        }
    }

    private ConsumerRecords<Object, Object> failed(KafkaException e) {
        PollFailure failure = PollFailure.of(e, group, instanceId);
        health.failed(group, failure);
        LockSupport.parkNanos(AFTER_FAILURE.toNanos());
        switch (failure.kind()) {
            case FENCED -> {
                commits.forgetAll(); // Another instance has them already.
                end();
            }
            case FATAL -> end();
            case REFUSED -> {}
            case RECONNECT -> throw e;
        }
        return ConsumerRecords.empty();
    }

    /** What is under way is finished where it is still ours to commit; the partitions are the other instances'. */
    private void end() {
        ended = true;
        try {
            unsubscribe();
        } catch (KafkaException e) {
            LOG.debugf("leaving the group: %s", e.getMessage());
        }
    }

    private void fetch(Duration timeout) {
        Set<TopicPartition> due = new HashSet<>(paused());
        due.removeAll(dueTimes.waiting());
        due.removeIf(commits::isFull);
        resume(due);
        // With something under way, come back soon to commit it.
        keep(super.poll(dueTimes.atMost(shorter(timeout, commits.open() ? WHILE_BUSY : longestPoll))));
    }

    private void awaitRoom(Duration timeout) {
        try {
            inFlight.awaitMuchRoom(shorter(timeout, WHILE_BUSY), A_LITTLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (System.nanoTime() - lastPoll > WHILE_BUSY.toNanos() / 2) {
            pause(assignment());
            // Paused: this only keeps us in the group, hears of commits, or brings a new partition's first.
            keep(super.poll(Duration.ZERO));
        }
    }

    private void keep(ConsumerRecords<Object, Object> records) {
        lastPoll = System.nanoTime();
        if (!membership.renew()) {
            rejoin();
            return;
        }
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<Object, Object> record : records.records(partition)) {
                if (!commits.of(partition).mayTake(record.offset()) || !dueTimes.reached(partition, record)) {
                    pause(List.of(partition));
                    seek(partition, record.offset());
                    break;
                }
                backlog.add(record);
            }
        }
    }

    /**
     * This process was stopped for longer than the session timeout: other instances may have our partitions, and the poll that
     * follows need not have noticed. What has not begun is theirs, or comes again here, past the ledger.
     */
    private void rejoin() {
        LOG.warn("stopped for longer than postrider.kafka.session-timeout: joining the group anew");
        commits.forgetAll();
        membership.beginAnew(); // Only now, when nothing can begin any more.
        unsubscribe();
        subscription.run();
    }

    private ConsumerRecords<Object, Object> handOver() {
        Map<TopicPartition, List<ConsumerRecord<Object, Object>>> taken =
                backlog.next(record -> inFlight.takeIfRoom(bytes(record)));
        taken.forEach((partition, records) -> {
            PartitionProgress progress = commits.of(partition);
            records.removeIf(record -> {
                if (!progress.taken(record.offset(), bytes(record))) {
                    inFlight.release(bytes(record)); // It was settled before.
                    return true;
                }
                if (dueTimes.isAnothers(record)) {
                    anothers.add(record);
                    receipt(partition, record.offset()).settle(); // In our group only: its own deployment reads it too.
                    return true;
                }
                return false;
            });
        });
        anothers.tell();
        return new ConsumerRecords<>(taken, Map.of());
    }

    private static int bytes(ConsumerRecord<?, ?> record) {
        return Math.max(0, record.serializedValueSize()); // -1 for none.
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        subscription = () -> super.subscribe(topics, new Handover(listener));
        subscription.run();
    }

    @Override
    public void subscribe(Pattern topics, ConsumerRebalanceListener listener) {
        subscription = () -> super.subscribe(topics, new Handover(listener));
        subscription.run();
    }

    @Override
    public void unsubscribe() {
        backlog.clear();
        commits.endAll();
        super.unsubscribe();
    }

    /** Before Camel's own listener hears of it, finishes and commits. */
    private final class Handover implements ConsumerRebalanceListener {

        private final ConsumerRebalanceListener next;

        Handover(ConsumerRebalanceListener next) {
            this.next = next;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            backlog.drop(partitions);
            dueTimes.forget(partitions);
            commits.end(partitions);
            next.onPartitionsRevoked(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            backlog.drop(partitions);
            dueTimes.forget(partitions);
            commits.forget(partitions); // Someone else has them already.
            next.onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            commits.begin(partitions);
            next.onPartitionsAssigned(partitions);
        }
    }
}
