package dev.postrider.ops;

import dev.postrider.delivery.Hops;
import dev.postrider.delivery.RetryConfig;
import dev.postrider.delivery.RetryTopics;
import dev.postrider.delivery.Schedule;
import dev.postrider.intake.FolderConfig;
import dev.postrider.intake.KafkaClients;
import dev.postrider.intake.KafkaConfig;
import dev.postrider.ledger.LedgerConfig;
import dev.postrider.ledger.LedgerTopic;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/** The topics that are ours alone, and how they have to be: when they are made, and for as long as they are there. */
@Singleton
class OwnTopics {

    private static final Logger LOG = Logger.getLogger(OwnTopics.class);
    private static final String RETENTION = "retention.ms";
    private static final String MAX_MESSAGE = "max.message.bytes";

    /** The brokers refuse records of a clock that is far ahead of theirs, and what is refused cannot be acknowledged. */
    private static final Map<String, String> BROKERS_CLOCK = Map.of("message.timestamp.type", "LogAppendTime");

    /** What is put beside a request when it is deferred or dead-lettered; 1000 recipients are 300 kB at the most. */
    private static final long ROOM_FOR_HEADERS = 1L << 20;

    /** Its metadata, each character escaped, is 100 kB. */
    private static final long ROOM_FOR_OUTCOME = 256 << 10;

    /** The line may be stopped for a while on top of the longest wait; a hop towards a "sendAt" is a day at most. */
    private static final Duration WHILE_STOPPED = Duration.ofDays(30);

    private final List<String> requests;
    private final Map<String, Map<String, String>> settings = new LinkedHashMap<>();

    private final Set<String> beforeThereAreRequests = new HashSet<>();
    private final String ledger;
    private final String outcomes;
    private final String brokers;
    private final boolean createTopics;

    @Inject
    OwnTopics(
            KafkaConfig config,
            KafkaClients clients,
            FolderConfig folder,
            RetryConfig retry,
            Schedule schedule,
            LedgerConfig ledger) {
        this(
                config,
                String.valueOf(clients.settings().get("bootstrap.servers")),
                folder,
                retry.maxAge(),
                schedule.delays(),
                ledger);
    }

    OwnTopics(
            KafkaConfig config,
            String brokers,
            FolderConfig folder,
            Duration maxAge,
            List<Duration> delays,
            LedgerConfig ledger) {
        this.ledger = config.ledgerTopic();
        this.outcomes = config.outcomesTopic();
        this.brokers = brokers;
        this.createTopics = config.createTopics();
        beforeThereAreRequests.add(config.ledgerTopic());
        if (folder.path().isPresent()) {
            beforeThereAreRequests.add(config.outcomesTopic());
        }
        requests = Arrays.stream(config.requestsTopics().split(","))
                .map(String::strip)
                .toList();
        // A dead letter stands until a person has seen to it.
        settings.put(config.deadLettersTopic(), Map.of(RETENTION, "-1"));
        settings.put(config.outcomesTopic(), Map.of());
        if (!ledger.window().isZero()) {
            settings.put(config.ledgerTopic(), LedgerTopic.topicSettings(ledger.window()));
        }
        String asLongAsItMayWait = Long.toString(maxAge.plus(WHILE_STOPPED).toMillis());
        Stream.concat(delays.stream(), Hops.lengths().stream())
                .forEach(delay -> settings.put(RetryTopics.topic(config, delay), Map.of(RETENTION, asLongAsItMayWait)));
    }

    /** The topics that have to be there, request topics first. */
    List<String> needed() {
        List<String> needed = new ArrayList<>(requests);
        needed.addAll(settings.keySet());
        return needed;
    }

    /**
     * Creates those of the missing that are ours, with as many partitions as the first request topic, the ledger with one.
     * Before there is a request topic only those are made that are needed without one.
     *
     * @return the request topics that are missing
     */
    List<String> create(Admin admin, Collection<String> missing) throws InterruptedException, ExecutionException {
        Optional<String> model =
                requests.stream().filter(topic -> !missing.contains(topic)).findFirst();
        List<String> ours = missing.stream()
                .filter(settings::containsKey)
                .filter(topic -> model.isPresent() || beforeThereAreRequests.contains(topic))
                .sorted()
                .toList();
        if (!ours.isEmpty()) {
            Optional<Integer> partitions =
                    model.isPresent() ? Optional.of(partitions(admin, model.get())) : Optional.empty();
            long room = room(configs(admin, withoutAll(requests, missing)));
            create(
                    admin,
                    ours.stream().map(topic -> topic(topic, partitions, room)).toList());
            LOG.infof("Kafka: created %s", String.join(", ", ours));
        }
        return missing.stream().filter(topic -> !settings.containsKey(topic)).toList();
    }

    /**
     * Sees to it that what fits into the request topics fits into ours, and that ours are as they have to be where nobody has
     * said otherwise: a broker may have made them by itself. To be asked again: limits change.
     *
     * @param there which of the topics there are
     * @return what an operator has to do, one line for each topic
     */
    List<String> adjust(Admin admin, Collection<String> there) throws InterruptedException, ExecutionException {
        Map<String, Config> configs = configs(admin, there);
        long room = room(configs);
        List<String> orders = new ArrayList<>();
        for (String topic : settings.keySet()) {
            if (configs.containsKey(topic)) {
                Map<String, String> wrong = wrong(topic, configs.get(topic), room);
                if (!wrong.isEmpty() && !(createTopics && set(admin, topic, wrong)) && wrong.containsKey(MAX_MESSAGE)) {
                    orders.add(topic + " takes records of " + mostBytes(configs.get(topic))
                            + " bytes, and some may have " + wrong.get(MAX_MESSAGE)
                            + ": kafka-configs.sh --bootstrap-server " + brokers + " --alter --topic " + topic
                            + " --add-config " + MAX_MESSAGE + "=" + wrong.get(MAX_MESSAGE));
                }
            }
        }
        return orders;
    }

    private NewTopic topic(String name, Optional<Integer> partitions, long room) {
        Map<String, String> all = all(name);
        if (holdsRequests(name)) {
            all.put(MAX_MESSAGE, Long.toString(room));
        }
        return new NewTopic(name, name.equals(ledger) ? Optional.of(1) : partitions, Optional.empty()).configs(all);
    }

    /** For the largest record of all request topics, and what is put beside it; 0 before there is a request topic. */
    private long room(Map<String, Config> configs) {
        return configs.entrySet().stream()
                .filter(topic -> requests.contains(topic.getKey()))
                .mapToLong(topic -> Math.min(mostBytes(topic.getValue()) + ROOM_FOR_HEADERS, Integer.MAX_VALUE))
                .max()
                .orElse(0);
    }

    private static List<String> withoutAll(List<String> topics, Collection<String> others) {
        return topics.stream().filter(topic -> !others.contains(topic)).toList();
    }

    /** What is to be set: what the topic has from the broker and ought to have of its own, and room that is missing. */
    private Map<String, String> wrong(String topic, Config config, long room) {
        Map<String, String> wrong = new TreeMap<>();
        all(topic).forEach((name, value) -> {
            ConfigEntry entry = config.get(name);
            boolean ofItsOwn = entry == null || entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG;
            if (!ofItsOwn && !value.equals(entry.value())) {
                wrong.put(name, value);
            }
        });
        long needed = holdsRequests(topic) ? room : topic.equals(outcomes) ? ROOM_FOR_OUTCOME : 0;
        if (mostBytes(config) < needed) {
            wrong.put(MAX_MESSAGE, Long.toString(needed));
        }
        return wrong;
    }

    /** Outcomes and entries of the ledger are small, whatever the requests are. */
    private boolean holdsRequests(String topic) {
        return !topic.equals(ledger) && !topic.equals(outcomes);
    }

    /** @return false when that is not ours to do */
    private static boolean set(Admin admin, String topic, Map<String, String> settings)
            throws InterruptedException, ExecutionException {
        List<AlterConfigOp> changes = settings.entrySet().stream()
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        try {
            admin.incrementalAlterConfigs(Map.of(resource(topic), changes))
                    .all()
                    .get();
            LOG.infof("Kafka: set %s of %s", settings, topic);
            return true;
        } catch (ExecutionException e) {
            if (KafkaTrouble.isForbidden(e.getCause()) || e.getCause() instanceof InvalidConfigurationException) {
                return false;
            }
            throw e;
        }
    }

    /** The commands that create these, as they have to be. For a request topic six partitions are a beginning. */
    String commands(Collection<String> missing) {
        return missing.stream().map(this::command).collect(Collectors.joining("; "));
    }

    private String command(String topic) {
        String command = "kafka-topics.sh --bootstrap-server " + brokers + " --create --topic " + topic;
        if (!settings.containsKey(topic)) {
            return command + " --partitions 6";
        }
        return command
                + (topic.equals(ledger) ? " --partitions 1" : "")
                + new TreeMap<>(all(topic))
                        .entrySet().stream()
                                .map(setting -> " --config " + setting.getKey() + "=" + setting.getValue())
                                .collect(Collectors.joining());
    }

    private Map<String, String> all(String topic) {
        Map<String, String> all = new LinkedHashMap<>(BROKERS_CLOCK);
        all.putAll(settings.get(topic));
        return all;
    }

    private static void create(Admin admin, List<NewTopic> topics) throws InterruptedException, ExecutionException {
        for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
            try {
                created.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) { // Another instance was faster.
                    throw e;
                }
            }
        }
    }

    private static int partitions(Admin admin, String topic) throws InterruptedException, ExecutionException {
        TopicDescription description =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        return description.partitions().size();
    }

    private static Map<String, Config> configs(Admin admin, Collection<String> topics)
            throws InterruptedException, ExecutionException {
        Map<String, Config> configs = new HashMap<>();
        List<ConfigResource> resources =
                topics.stream().map(OwnTopics::resource).toList();
        for (Map.Entry<ConfigResource, KafkaFuture<Config>> described :
                admin.describeConfigs(resources).values().entrySet()) {
            try {
                configs.put(described.getKey().name(), described.getValue().get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) { // Not everywhere yet, or no more.
                    throw e;
                }
            }
        }
        return configs;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static long mostBytes(Config config) {
        return Long.parseLong(config.get(MAX_MESSAGE).value());
    }
}
