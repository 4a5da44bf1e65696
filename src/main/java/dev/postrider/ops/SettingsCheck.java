package dev.postrider.ops;

import dev.postrider.intake.DueTimes;
import dev.postrider.intake.FolderConfig;
import dev.postrider.intake.KafkaConfig;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Settings that are well-formed and cannot work, of those whose part of the application does not check them itself. */
final class SettingsCheck {

    private static final Set<String> OFFSET_RESETS = Set.of("earliest", "latest", "none");

    private SettingsCheck() {}

    /** @throws IllegalArgumentException naming the setting and what it accepts */
    static void check(PostriderConfig config) {
        require(config.intake().inFlight() >= 1, "postrider.intake.in-flight: at least 1");
        require(config.intake().inFlightBytes().asLongValue() >= 1, "postrider.intake.in-flight-bytes: at least 1");
        // Without a scheme Camel would look into its own class path, and find the routes that are built in.
        require(
                config.routes().startsWith("file:") || config.routes().startsWith("classpath:"),
                "postrider.routes: begins with file: or classpath:, as in file:" + config.routes());
        folder(config.folder());
        kafka(config.kafka());
    }

    private static void folder(FolderConfig folder) {
        require(folder.pollInterval().toMillis() >= 1, "postrider.folder.poll-interval: at least 1ms");
        require(!folder.settleTime().isNegative(), "postrider.folder.settle-time: 0s or longer");
        require(!folder.keepDone().isNegative(), "postrider.folder.keep-done: 0s or longer");
    }

    private static void kafka(KafkaConfig kafka) {
        require(
                OFFSET_RESETS.contains(kafka.autoOffsetReset()),
                "postrider.kafka.auto-offset-reset: earliest, latest or none");
        require(
                kafka.sessionTimeout().toSeconds() >= 6,
                "postrider.kafka.session-timeout: at least 6s, brokers refuse less");
        require(!kafka.drainTimeout().isNegative(), "postrider.kafka.drain-timeout: 0s or longer");
        topics(kafka);
    }

    /** Reading what it wrote itself, it would go round for ever. */
    private static void topics(KafkaConfig kafka) {
        Map<String, String> settings = new HashMap<>();
        for (String topic : kafka.requestsTopics().split(",")) {
            settings.put(topic.strip(), "requests-topics");
        }
        Map<String, String> own = new LinkedHashMap<>();
        own.put("dead-letters-topic", kafka.deadLettersTopic());
        own.put("outcomes-topic", kafka.outcomesTopic());
        own.put("ledger-topic", kafka.ledgerTopic());
        own.put("redriven-topic", kafka.redrivenTopic());
        own.forEach((setting, topic) -> {
            String other = settings.putIfAbsent(topic, setting);
            require(
                    other == null,
                    "postrider.kafka." + setting + ": '" + topic + "' is the topic of postrider.kafka." + other
                            + " already; each needs its own");
        });
        settings.forEach((topic, setting) -> require(
                !DueTimes.isRetryTopic(kafka.retriesTopicsPrefix(), topic),
                "postrider.kafka." + setting + ": '" + topic + "' is named like a retry topic, see"
                        + " postrider.kafka.retries-topics-prefix"));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
