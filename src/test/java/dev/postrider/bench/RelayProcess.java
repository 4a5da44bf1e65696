package dev.postrider.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The {@link RelaySimulator} in a process of its own. Used by one thread. */
final class RelayProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Child child;
    private final Map<String, Integer> ports = new HashMap<>();

    RelayProcess(Path home, Path logs, List<Integer> delays) {
        List<String> arguments = new ArrayList<>(List.of(home.toString()));
        delays.forEach(delay -> arguments.add(delay.toString()));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        child = new Child(
                "the relay",
                logs.resolve("relay.log"),
                "",
                JavaCommand.of(java, home, RelaySimulator.class, arguments.toArray(String[]::new)));
        for (String line = child.answer(PATIENCE); !line.equals("ready"); line = child.answer(PATIENCE)) {
            String[] words = line.split(" ");
            if (words[0].equals("port")) {
                ports.put(words[1] + words[2], Integer.parseInt(words[3]));
            }
        }
    }

    int port(Offer offer, int delay) {
        return ports.get(offer.name() + delay);
    }

    RelayTally.Count count() {
        String[] words = child.ask("count", PATIENCE).split(" ");
        return new RelayTally.Count(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
    }

    /** Returns once it has so many messages. */
    void awaitMessages(long count, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (long seen = count().messages(); seen < count; seen = count().messages()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException((count - seen) + " messages have not come");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    Usage usage() {
        return child.usage();
    }

    @Override
    public void close() {
        child.close();
    }
}
