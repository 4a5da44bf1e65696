package dev.postrider.intake;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Where requests come from and dead letters go on Kafka: {@code postrider.kafka.*}. The broker itself: {@code kafka.*}. */
public interface KafkaConfig {

    /** Topics to take send requests from, separated by commas. */
    @WithDefault("mail.requests")
    String requestsTopics();

    /** Instances with the same group share the partitions between them. */
    @WithDefault("postrider")
    String groupId();

    /** Where a group that has never committed starts: {@code earliest} misses nothing. */
    @WithDefault("earliest")
    String autoOffsetReset();

    /** Topic for what failed for good. It has to take records as large as the requests are. */
    @WithDefault("mail.dead-letters")
    String deadLettersTopic();

    /** How long to wait for what is under way when partitions are taken from us; the rest comes again elsewhere. */
    @WithDefault("10s")
    Duration drainTimeout();
}
