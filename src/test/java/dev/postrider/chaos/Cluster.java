package dev.postrider.chaos;

import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.KafkaProcess;
import java.nio.file.Path;
import java.util.Optional;

/** The brokers of a run: one from the beginning, a second for the faults that ask for it. */
final class Cluster implements AutoCloseable {

    private final Path home;
    private final KafkaProcess first;
    private final KafkaBroker view;
    private Optional<KafkaProcess> second = Optional.empty();

    private Cluster(Path home, KafkaProcess first) {
        this.home = home;
        this.first = first;
        this.view = KafkaBroker.of(first);
    }

    static Cluster start(Path home) {
        Cluster cluster = new Cluster(home, KafkaProcess.start(home.resolve("kafka-1")));
        // Makes the topic of the groups' offsets, while there is only this broker to put it on.
        cluster.view.committedOffset("nobody", "nothing", 0);
        return cluster;
    }

    KafkaProcess first() {
        return first;
    }

    KafkaProcess second() {
        if (second.isEmpty()) {
            second = Optional.of(first.join(home.resolve("kafka-2")));
        }
        return second.get();
    }

    KafkaBroker view() {
        return view;
    }

    /** Topics on it are lost. */
    void dropSecond() {
        second.ifPresent(KafkaProcess::close);
        second = Optional.empty();
    }

    @Override
    public void close() {
        dropSecond();
        view.close();
    }
}
