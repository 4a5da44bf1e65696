package dev.postrider.ops;

import dev.postrider.intake.KafkaClients;
import dev.postrider.intake.KafkaConfig;
import dev.postrider.process.Worker;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.CamelEvent.CamelContextStartedEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/**
 * Looks whether broker and topics are there. The consumer itself never fails: without them it just gets nothing, for ever
 * and in silence. One log line for each change; everything mends itself.
 */
@Singleton
public class KafkaWatch {

    private static final Logger LOG = Logger.getLogger(KafkaWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final int LOOKS_PER_ADJUSTMENT = 6;

    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> Worker.thread("kafka-watch", task));
    private final Map<String, Object> settings;
    private final KafkaConfig config;
    private final OwnTopics ownTopics;
    private volatile Optional<String> trouble = Optional.of("not asked yet");
    private Admin admin;
    private int looks;
    private List<String> lastMissing = List.of();
    private List<String> ordered = List.of();

    KafkaWatch(KafkaClients clients, KafkaConfig config, OwnTopics ownTopics) {
        this.config = config;
        this.ownTopics = ownTopics;
        settings = new HashMap<>(clients.settings());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "4000");
    }

    /** What is wrong; empty when all is well. */
    Optional<String> trouble() {
        return trouble;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It would tell of failures, and look() has none.
    void start(@Observes CamelContextStartedEvent started) {
        if (Given.isSet("kafka.bootstrap.servers")) {
            clock.scheduleWithFixedDelay(Worker.surviving(this::look), 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            trouble = Optional.empty();
        }
    }

    void stop(@Observes CamelContextStoppingEvent stopping) {
        clock.shutdownNow();
    }

    private void look() {
        try {
            tell(find());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | ExecutionException e) {
            String brokers = String.valueOf(settings.get("bootstrap.servers"));
            tell(AdvertisedBrokers.trouble(e, settings, brokers)
                    .or(() -> Optional.of(KafkaTrouble.explain(e, brokers))));
        }
    }

    private Optional<String> find() throws InterruptedException, ExecutionException {
        if (admin == null) {
            admin = Admin.create(settings);
        }
        List<String> missing = missingTopics();
        if (config.createTopics()) {
            try {
                missing = ownTopics.create(admin, missing);
            } catch (ExecutionException e) {
                if (KafkaTrouble.isForbidden(e.getCause())) {
                    return Optional.of("topics may not be created by us ("
                            + e.getCause().getMessage() + "): create " + ownTopics.commands(missing));
                }
                throw e;
            }
        }
        adjust(missing);
        return missing.isEmpty() ? Optional.empty() : Optional.of(demand(missing));
    }

    /** At the start, when there is another topic, and now and then: the limits of the request topics may be raised. */
    private void adjust(List<String> missing) throws InterruptedException, ExecutionException {
        if (looks++ % LOOKS_PER_ADJUSTMENT != 0 && missing.equals(lastMissing)) {
            return;
        }
        lastMissing = missing;
        List<String> there = new ArrayList<>(ownTopics.needed());
        there.removeAll(missingTopics());
        try {
            List<String> orders = ownTopics.adjust(admin, there);
            orders.stream().filter(order -> !ordered.contains(order)).forEach(order -> LOG.warnf("Kafka: %s", order));
            ordered = orders;
        } catch (ExecutionException e) {
            if (!KafkaTrouble.isForbidden(e.getCause())) {
                throw e;
            }
            LOG.debugf("the limits of the topics may not be read: %s", e.getMessage());
        }
    }

    private String demand(List<String> missing) {
        boolean one = missing.size() == 1;
        return "no topic " + String.join(" and no topic ", missing) + ": create "
                + (one ? "it, or name another" : "them, or name others")
                + " in postrider.kafka.*; all goes on as soon as " + (one ? "it is" : "they are") + " there: "
                + ownTopics.commands(missing);
    }

    private List<String> missingTopics() throws InterruptedException, ExecutionException {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, ? extends KafkaFuture<?>> topic :
                admin.describeTopics(ownTopics.needed()).topicNameValues().entrySet()) {
            try {
                topic.getValue().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                missing.add(topic.getKey());
            }
        }
        return missing;
    }

    private void tell(Optional<String> found) {
        if (found.isPresent() && !found.equals(trouble)) {
            LOG.errorf("Kafka: %s", found.get());
        } else if (found.isEmpty() && trouble.isPresent()) {
            LOG.infof("Kafka: broker and topics are there (%s)", String.join(", ", ownTopics.needed()));
        }
        trouble = found;
    }
}
