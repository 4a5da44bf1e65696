package dev.postrider.redrive;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The compacted topic of what is redriven: has to be there, and to keep what it is told, before anything is redriven. */
final class RedrivenTopic {

    private final KafkaParts kafka;
    private final String topic;

    RedrivenTopic(KafkaParts kafka) {
        this.kafka = kafka;
        this.topic = kafka.settings().redrivenTopic();
    }

    void ensure() {
        try (Admin admin = kafka.admin()) {
            if (exists(admin)) {
                requireCompaction(admin);
            } else if (kafka.settings().missingTopic() == RedriveSettings.Missing.CREATE) {
                create(admin);
            } else {
                throw new RedriveFailure("no topic " + topic + ", and postrider.kafka.create-topics is not true: create"
                        + " it with cleanup.policy=compact");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedriveFailure("interrupted", e);
        } catch (ExecutionException | KafkaException e) {
            throw kafka.trouble().explain("look after the topic " + topic, e);
        }
    }

    private boolean exists(Admin admin) throws InterruptedException, ExecutionException {
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private void create(Admin admin) throws InterruptedException, ExecutionException {
        NewTopic compacted = new NewTopic(topic, Optional.of(1), Optional.empty())
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        try {
            admin.createTopics(List.of(compacted)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** With a retention it would forget, and what it forgets would be redriven again. */
    private void requireCompaction(Admin admin) throws InterruptedException, ExecutionException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
            if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                throw new RedriveFailure("the topic " + topic + " has cleanup.policy=" + policy
                        + " and would forget what was redriven: it has to be compact");
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e; // Who may not look is trusted to have been told.
            }
        }
    }
}
