package dev.postrider.intake;

import dev.postrider.kafka.Deployment;
import dev.postrider.submission.PostriderHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Which partitions wait, and until when: on a retry topic a record has its time, and those behind it are due later. The
 * time is the clock's on the wall, since it has to mean the same after a restart and on another machine. For the
 * consumer's own thread.
 */
public final class DueTimes {

    private static final Duration SLACK = Duration.ofMinutes(2);

    /** What stands behind the prefix; the route that reads them says the same. */
    private static final Pattern DELAY = Pattern.compile("\\.([0-9]{1,12})(ms|s|m|h)");

    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);

    private final String prefix;
    private final Deployment deployment;
    private final Clock clock;
    private final Map<TopicPartition, Instant> waiting = new HashMap<>();

    /** @param prefix what the names of retry topics begin with, before the dot and the delay */
    DueTimes(String prefix, Deployment deployment, Clock clock) {
        this.prefix = prefix;
        this.deployment = deployment;
        this.clock = clock;
    }

    /** Whether this is the name of a retry topic. */
    public static boolean isRetryTopic(String prefix, String topic) {
        return delay(prefix, topic).isPresent();
    }

    /** False when the record's time has not come: then its partition waits from now on. */
    boolean reached(TopicPartition partition, ConsumerRecord<?, ?> record) {
        // On other topics the header is a stranger's and says nothing.
        Optional<Duration> delay = delay(prefix, record.topic());
        Header header = record.headers().lastHeader(PostriderHeaders.DUE);
        if (delay.isEmpty() || header == null || isAnothers(record)) {
            return true;
        }
        Instant due = parse(header);
        Duration most = delay.get().multipliedBy(2).plus(SLACK);
        Instant now = clock.instant();
        // By our clock as well: the broker's may be behind, and what waits for its "sendAt" would go round and round.
        if (due.isAfter(now.plus(most))) {
            // Written by a clock that was ahead; all that stand behind it would wait as well.
            due = Instant.ofEpochMilli(record.timestamp()).plus(most);
        }
        if (!due.isAfter(now)) {
            return true;
        }
        waiting.put(partition, due);
        return false;
    }

    /** Whether it stands on a retry topic and another deployment has put it there. */
    boolean isAnothers(ConsumerRecord<?, ?> record) {
        return record.topic().startsWith(prefix)
                && isRetryTopic(prefix, record.topic())
                && !deployment.owns(record.topic(), record.headers());
    }

    private static Optional<Duration> delay(String prefix, String topic) {
        Matcher delay = DELAY.matcher(topic.startsWith(prefix) ? topic.substring(prefix.length()) : "");
        return delay.matches()
                ? Optional.of(Duration.of(Long.parseLong(delay.group(1)), UNITS.get(delay.group(2))))
                : Optional.empty();
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
