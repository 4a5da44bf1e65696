package dev.postrider.ledger;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * The ledger on a topic, for all instances together: each writes what it has settled and reads what all have. The topic
 * has to exist; until it does, the ledger is not loaded. One partition is enough. Thread-safe.
 */
public final class LedgerTopic implements LedgerStore {

    private static final Duration SLACK = Duration.ofHours(1);
    private static final Duration SHORTEST_SEGMENT = Duration.ofMinutes(10);
    private static final int SEGMENTS = 24;

    private final Map<String, Object> kafka;
    private final String topic;
    private final Duration window;
    private final Clock clock;
    private final TopicAppender appender;
    private volatile TopicFollower follower;

    /** @param kafka settings of a client: brokers and security */
    public LedgerTopic(Map<String, Object> kafka, String topic, Duration window, Clock clock) {
        this.kafka = Map.copyOf(kafka);
        this.topic = topic;
        this.window = window;
        this.clock = clock;
        this.appender = new TopicAppender(kafka, topic);
    }

    /** How a topic for this window is made: only the last entry of a leg counts, and only for so long. */
    public static Map<String, String> topicSettings(Duration window) {
        Duration segment = window.dividedBy(SEGMENTS);
        return Map.of(
                "cleanup.policy",
                "compact,delete",
                "retention.ms",
                Long.toString(window.plus(SLACK).toMillis()),
                // The broker's clock is the same for all instances, and it refuses no entry of one whose own goes
                // wrong.
                "message.timestamp.type",
                "LogAppendTime",
                // What is in the segment being written is neither compacted nor deleted.
                "segment.ms",
                Long.toString((segment.compareTo(SHORTEST_SEGMENT) < 0 ? SHORTEST_SEGMENT : segment).toMillis()));
    }

    @Override
    public synchronized void open(Reader reader) {
        follower = new TopicFollower(kafka, topic, window, clock, reader);
        follower.start();
        appender.start();
    }

    @Override
    public void append(Entry entry) {
        appender.append(entry);
    }

    @Override
    public boolean isCurrent() {
        return follower.isCurrent();
    }

    @Override
    public synchronized void close() {
        if (follower != null) {
            follower.close();
            appender.close();
        }
    }
}
