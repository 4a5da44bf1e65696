package dev.postrider.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What a poll brought and there was no room for yet. Not taken: when its partition goes to another instance it is dropped
 * here, and done there. For the consumer's own thread.
 */
final class Backlog {

    private final Deque<ConsumerRecord<Object, Object>> records = new ArrayDeque<>();

    void add(ConsumerRecord<Object, Object> record) {
        records.add(record);
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** Those it has records of. */
    Set<TopicPartition> partitions() {
        return records.isEmpty()
                ? Set.of()
                : records.stream().map(Backlog::partition).collect(Collectors.toSet());
    }

    /** The next ones, up to one that is not admitted; each partition's in its order. */
    Map<TopicPartition, List<ConsumerRecord<Object, Object>>> next(Predicate<ConsumerRecord<?, ?>> admission) {
        Map<TopicPartition, List<ConsumerRecord<Object, Object>>> next = new LinkedHashMap<>();
        while (!records.isEmpty() && admission.test(records.peek())) {
            ConsumerRecord<Object, Object> record = records.remove();
            next.computeIfAbsent(partition(record), p -> new ArrayList<>()).add(record);
        }
        return next;
    }

    /** Leaves these to whoever has the partitions now. */
    void drop(Collection<TopicPartition> partitions) {
        records.removeIf(record -> partitions.contains(partition(record)));
    }

    void clear() {
        records.clear();
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
