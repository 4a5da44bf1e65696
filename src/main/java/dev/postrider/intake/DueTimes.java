package dev.postrider.intake;

import dev.postrider.submission.PostriderHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Which partitions wait, and until when: on a retry topic a record has its time, and those behind it are due later. The
 * time is the clock's on the wall, since it has to mean the same after a restart and on another machine. For the
 * consumer's own thread.
 */
final class DueTimes {

    private final String retriesTopics;
    private final Clock clock;
    private final Map<TopicPartition, Instant> waiting = new HashMap<>();

    /** @param retriesTopics what their names begin with */
    DueTimes(String retriesTopics, Clock clock) {
        this.retriesTopics = retriesTopics;
        this.clock = clock;
    }

    /** False when the record's time has not come: then its partition waits from now on. */
    boolean reached(TopicPartition partition, ConsumerRecord<?, ?> record) {
        // On other topics the header is a stranger's and says nothing.
        Header header =
                record.topic().startsWith(retriesTopics) ? record.headers().lastHeader(PostriderHeaders.DUE) : null;
        if (header == null) {
            return true;
        }
        Instant due = parse(header);
        if (!due.isAfter(clock.instant())) {
            return true;
        }
        waiting.put(partition, due);
        return false;
    }

    /** Those that still wait. */
    Collection<TopicPartition> waiting() {
        Instant now = clock.instant();
        waiting.values().removeIf(due -> !due.isAfter(now));
        return List.copyOf(waiting.keySet());
    }

    /** How long nothing will be due, at most so long. */
    Duration atMost(Duration time) {
        Instant now = clock.instant();
        return waiting.values().stream()
                .map(due -> Duration.between(now, due))
                .map(left -> left.isNegative() ? Duration.ZERO : left)
                .filter(left -> left.compareTo(time) < 0)
                .min(Duration::compareTo)
                .orElse(time);
    }

    void forget(Collection<TopicPartition> partitions) {
        waiting.keySet().removeAll(partitions);
    }

    /** A time nobody can read holds up nothing. */
    private static Instant parse(Header due) {
        try {
            return Instant.parse(new String(due.value(), StandardCharsets.UTF_8));
        } catch (DateTimeParseException | NullPointerException e) {
            return Instant.MIN;
        }
    }
}
