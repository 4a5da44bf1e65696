package dev.postrider.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What all sections need: a relay, a broker once somebody asks for it, a folder, and the results. Used by one thread. */
final class Lab implements AutoCloseable {

    private final BenchSettings settings;
    private final Path home;
    private final PrintStream out;
    private final RelayProcess relay;
    private final Results results = new Results();
    private final List<String> remarks = new ArrayList<>();
    private Optional<Broker> broker = Optional.empty();

    Lab(BenchSettings settings, Path home, PrintStream out) {
        this.settings = settings;
        this.home = home;
        this.out = out;
        this.relay = new RelayProcess(home, logs(home), settings.delays());
    }

    BenchSettings settings() {
        return settings;
    }

    Path home() {
        return home;
    }

    PrintStream out() {
        return out;
    }

    RelayProcess relay() {
        return relay;
    }

    Results results() {
        return results;
    }

    /** What the reader of the report should know beside the numbers. */
    List<String> remarks() {
        return remarks;
    }

    Peers peers() {
        return new Peers(relay, settings, home, logs(home));
    }

    Contest contest() {
        return new Contest(relay, settings.rounds(), results, out);
    }

    Broker broker() {
        if (broker.isEmpty()) {
            broker = Optional.of(new Broker(home.resolve("kafka")));
        }
        return broker.get();
    }

    Consumers consumers() {
        return new Consumers(relay, broker(), home);
    }

    private static Path logs(Path home) {
        try {
            return Files.createDirectories(home.resolve("logs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        broker.ifPresent(Broker::close);
        relay.close();
    }
}
