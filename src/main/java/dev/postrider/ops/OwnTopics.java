package dev.postrider.ops;

import dev.postrider.delivery.Hops;
import dev.postrider.delivery.RetryConfig;
import dev.postrider.delivery.RetryTopics;
import dev.postrider.delivery.Schedule;
import dev.postrider.intake.KafkaConfig;
import dev.postrider.ledger.LedgerConfig;
import dev.postrider.ledger.LedgerTopic;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/** The topics that are ours alone, and how they have to be made. */
@Singleton
class OwnTopics {

    private static final Logger LOG = Logger.getLogger(OwnTopics.class);
    private static final String RETENTION = "retention.ms";
    private static final String MAX_MESSAGE = "max.message.bytes";

    /** The brokers refuse records of a clock that is far ahead of theirs, and what is refused cannot be acknowledged. */
    private static final Map<String, String> BROKERS_CLOCK = Map.of("message.timestamp.type", "LogAppendTime");

    /** What is put beside a request when it is deferred or dead-lettered; 1000 recipients are 300 kB at the most. */
    private static final long ROOM_FOR_HEADERS = 1L << 20;

    /** The line may be stopped for a while on top of the longest wait; a hop towards a "sendAt" is a day at most. */
    private static final Duration WHILE_STOPPED = Duration.ofDays(30);

    private final List<String> requests;
    private final Map<String, Map<String, String>> settings = new LinkedHashMap<>();

    OwnTopics(KafkaConfig config, RetryConfig retry, Schedule schedule, LedgerConfig ledger) {
        requests = Arrays.stream(config.requestsTopics().split(","))
                .map(String::strip)
                .toList();
        // A dead letter stands until a person has seen to it.
        settings.put(config.deadLettersTopic(), Map.of(RETENTION, "-1"));
        settings.put(config.outcomesTopic(), Map.of());
        if (!ledger.window().isZero()) {
            settings.put(config.ledgerTopic(), LedgerTopic.topicSettings(ledger.window()));
        }
        String asLongAsItMayWait =
                Long.toString(retry.maxAge().plus(WHILE_STOPPED).toMillis());
        Stream.concat(schedule.delays().stream(), Hops.lengths().stream())
                .forEach(delay -> settings.put(RetryTopics.topic(config, delay), Map.of(RETENTION, asLongAsItMayWait)));
    }

    /** The topics that have to be there, request topics first. */
    List<String> needed() {
        List<String> needed = new ArrayList<>(requests);
        needed.addAll(settings.keySet());
        return needed;
    }

    /**
     * Creates those of the missing that are ours, as many partitions as the first request topic.
     *
     * @return those that are still missing
     */
    List<String> create(Admin admin, Collection<String> missing) throws InterruptedException, ExecutionException {
        List<String> ours =
                missing.stream().filter(settings::containsKey).sorted().toList();
        if (!ours.isEmpty()) {
            Optional<String> model =
                    requests.stream().filter(topic -> !missing.contains(topic)).findFirst();
            Optional<Integer> partitions =
                    model.isPresent() ? Optional.of(partitions(admin, model.get())) : Optional.empty();
            Map<String, String> room = model.isPresent() ? room(admin, model.get()) : Map.of();
            for (String topic : ours) {
                Map<String, String> all = new LinkedHashMap<>(room);
                all.putAll(all(topic));
                create(admin, new NewTopic(topic, partitions, Optional.empty()).configs(all));
            }
            LOG.infof("Kafka: created %s", String.join(", ", ours));
        }
        return missing.stream().filter(topic -> !settings.containsKey(topic)).toList();
    }

    /** What somebody has to create for us, each with the settings that matter. */
    String order(Collection<String> missing) {
        return missing.stream()
                .map(topic -> settings.containsKey(topic) ? topic + " " + new TreeMap<>(all(topic)) : topic)
                .collect(Collectors.joining(", "));
    }

    private Map<String, String> all(String topic) {
        Map<String, String> all = new LinkedHashMap<>(BROKERS_CLOCK);
        all.putAll(settings.get(topic));
        return all;
    }

    private static void create(Admin admin, NewTopic topic) throws InterruptedException, ExecutionException {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) { // Another instance was faster.
                throw e;
            }
        }
    }

    private static int partitions(Admin admin, String topic) throws InterruptedException, ExecutionException {
        TopicDescription description =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        return description.partitions().size();
    }

    private static Map<String, String> room(Admin admin, String topic) throws InterruptedException, ExecutionException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        String most = admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get(MAX_MESSAGE)
                .value();
        long room = Math.min(Long.parseLong(most) + ROOM_FOR_HEADERS, Integer.MAX_VALUE);
        return Map.of(MAX_MESSAGE, Long.toString(room));
    }
}
