package dev.postrider.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts what relays the records of a topic. */
final class Consumers {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RelayProcess relay;
    private final Broker broker;
    private final Path home;

    Consumers(RelayProcess relay, Broker broker, Path home) {
        this.relay = relay;
        this.broker = broker;
        this.home = home;
    }

    /** The packaged application, with these settings beside the usual ones. */
    KafkaPeer.Start application(Map<String, String> more) {
        return (topic, cell) -> {
            Map<String, String> settings = settings(topic, cell);
            settings.putAll(more);
            return of(Application.start(Files.createTempDirectory(home, topic), List.of(JavaCommand.HEAP), settings));
        };
    }

    /** One that runs already. */
    static KafkaPeer.Consumer of(Application application) {
        return new Packaged(application);
    }

    Map<String, String> settings(String topic, Cell cell) {
        Map<String, String> settings =
                Application.settings(relay.port(cell.offer(), cell.delay()), cell.sessions(), home);
        settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
        settings.put("postrider.kafka.group-id", topic);
        settings.put("postrider.kafka.requests-topics", topic);
        settings.put("postrider.kafka.dead-letters-topic", topic + ".dead-letters");
        settings.put("postrider.kafka.retries-topics-prefix", topic + ".retries");
        settings.put("postrider.kafka.outcomes-topic", topic + ".outcomes");
        settings.put("postrider.kafka.ledger-topic", topic + ".ledger");
        return settings;
    }

    KafkaPeer.Start byHand() {
        return (topic, cell) -> {
            broker.createTopic(topic + ".outcomes");
            List<String> command = new ArrayList<>(JavaCommand.of(
                    BenchSettings.java(),
                    home,
                    HandWritten.class,
                    broker.bootstrapServers(),
                    topic,
                    topic + ".outcomes",
                    Integer.toString(relay.port(cell.offer(), cell.delay())),
                    Integer.toString(cell.sessions())));
            Child child = new Child("the program by hand", home.resolve("by-hand.log"), ClientProcess.ANSWER, command);
            child.answer(PATIENCE);
            return new ByHand(child);
        };
    }

    private record Packaged(Application application) implements KafkaPeer.Consumer {

        @Override
        public Usage usage() {
            return application.usage();
        }

        @Override
        public void close() {
            application.close();
        }
    }

    private record ByHand(Child child) implements KafkaPeer.Consumer {

        @Override
        public Usage usage() {
            return child.usage();
        }

        @Override
        public void close() {
            child.close();
        }
    }
}
