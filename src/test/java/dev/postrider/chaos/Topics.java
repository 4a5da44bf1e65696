package dev.postrider.chaos;

import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.Patience;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics of one fault, and its group. */
record Topics(String prefix) {

    static final int PARTITIONS = 4;

    String requests() {
        return prefix + ".requests";
    }

    String deadLetters() {
        return prefix + ".dead-letters";
    }

    /** What the topics of deferred requests begin with. */
    String retries() {
        return prefix + ".retries";
    }

    String outcomes() {
        return prefix + ".outcomes";
    }

    String ledger() {
        return prefix + ".ledger";
    }

    String group() {
        return prefix;
    }

    String retriesGroup() {
        return prefix + "-retries";
    }

    /** Those of the settings, and the one for requests whose id is under way. */
    static List<String> delays(String configured) {
        return Stream.concat(Stream.of(configured.split(",")), Stream.of("1m")).toList();
    }

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("postrider.kafka.group-id", group());
        settings.put("postrider.kafka.requests-topics", requests());
        settings.put("postrider.kafka.dead-letters-topic", deadLetters());
        settings.put("postrider.kafka.retries-topics-prefix", retries());
        settings.put("postrider.kafka.outcomes-topic", outcomes());
        settings.put("postrider.kafka.ledger-topic", ledger());
        return settings;
    }

    /** Those that are not there yet: a fault may have made some its own way. All that are needed, so that none is new. */
    void create(KafkaBroker broker, String delays) throws Exception {
        var there = broker.admin().listTopics().names().get(Patience.ONE_MINUTE.toSeconds(), TimeUnit.SECONDS);
        List<NewTopic> missing = new ArrayList<>();
        missing.add(new NewTopic(requests(), PARTITIONS, (short) 1));
        missing.add(new NewTopic(deadLetters(), 1, (short) 1));
        missing.add(new NewTopic(outcomes(), PARTITIONS, (short) 1));
        for (String delay : delays(delays)) {
            missing.add(new NewTopic(retries() + "." + delay, PARTITIONS, (short) 1));
        }
        missing.removeIf(topic -> there.contains(topic.name()));
        // On the first broker, whether there is a second or not.
        List<NewTopic> placed = missing.stream()
                .map(topic -> on(1, topic.name(), topic.numPartitions()))
                .toList();
        broker.admin().createTopics(placed).all().get(Patience.ONE_MINUTE.toSeconds(), TimeUnit.SECONDS);
    }

    /** A topic whose partitions are all on one broker. */
    static NewTopic on(int broker, String name, int partitions) {
        Map<Integer, List<Integer>> assignment = new LinkedHashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            assignment.put(partition, List.of(broker));
        }
        return new NewTopic(name, assignment);
    }
}
