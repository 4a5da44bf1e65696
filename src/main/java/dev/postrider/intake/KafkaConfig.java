package dev.postrider.intake;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where requests come from and dead letters go on Kafka: {@code postrider.kafka.*}. The broker itself: {@code kafka.*}. */
public interface KafkaConfig {

    /** Topics to take send requests from, separated by commas. */
    @WithDefault("mail.requests")
    String requestsTopics();

    /** Instances with the same group share the partitions between them. */
    @WithDefault("postrider")
    String groupId();

    /**
     * A name for this instance that outlives it (static membership): restarted within the session timeout it has its
     * partitions back at once, and nobody else's move. Each instance needs its own.
     */
    Optional<String> instanceId();

    /** An instance that has not been heard of for so long has died; its partitions go to the others. */
    @WithDefault("15s")
    Duration sessionTimeout();

    /** Where a group that has never committed starts: {@code earliest} misses nothing. */
    @WithDefault("earliest")
    String autoOffsetReset();

    /** Topic for what failed for good. It has to take records as large as the requests are. */
    @WithDefault("mail.dead-letters")
    String deadLettersTopic();

    /** Topic where the redrive command notes what it has sent again, so that nothing is sent twice. It is compacted. */
    @WithDefault("mail.redriven")
    String redrivenTopic();

    /** What the topics of deferred requests are called, before the dot and the delay: {@code mail.retries.5m}. */
    @WithDefault("mail.retries")
    String retriesTopicsPrefix();

    /**
     * Whether the topics that are ours alone (dead letters, retries, outcomes, ledger) are created when they are missing,
     * with the broker's default replication, and whether their limits follow those of the request topics. Request topics
     * are never created. Off: the log has the commands.
     */
    @WithDefault("true")
    boolean createTopics();

    /**
     * Topic for what became of each recipient. It has to take records of the size of a request's metadata and a few kB;
     * while it does not, nothing is acknowledged.
     */
    @WithDefault("mail.outcomes")
    String outcomesTopic();

    /**
     * Topic for the ids relayed lately, for all instances together. Another name begins with an empty memory. One
     * partition is enough; it should be compacted.
     */
    @WithDefault("mail.ledger")
    String ledgerTopic();

    /** How long to wait for what is under way when partitions are taken from us; the rest comes again elsewhere. */
    @WithDefault("10s")
    Duration drainTimeout();
}
