package dev.postrider.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A {@link Client} in a process of its own, or something that understands the same commands. Started when first needed. */
final class ClientPeer implements Peer {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int COLD = 10;

    private final String name;
    private final RelayProcess relay;
    private final Duration window;
    private final Supplier<Child> start;
    private Optional<Child> child = Optional.empty();

    ClientPeer(String name, RelayProcess relay, Duration window, Supplier<Child> start) {
        this.name = name;
        this.relay = relay;
        this.window = window;
        this.start = start;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void enter(Cell cell) {
        boolean cold = child.isEmpty();
        if (cold) {
            child = Optional.of(start.get());
        }
        ask("open " + relay.port(cell.offer(), cell.delay()) + " " + cell.sessions());
        run(cell, cold ? window.multipliedBy(COLD) : window);
    }

    @Override
    public Client.Stint run(Cell cell) {
        return run(cell, window);
    }

    private Client.Stint run(Cell cell, Duration time) {
        List<String> words = ask("run " + cell.letter().name() + " " + time.toMillis());
        return new Client.Stint(Long.parseLong(words.get(1)), Duration.ofNanos(Long.parseLong(words.get(2))));
    }

    @Override
    public void leave() {
        ask("close");
    }

    @Override
    public Usage usage() {
        return child.orElseThrow().usage();
    }

    /** The next cell is to find a new one after trouble. */
    private List<String> ask(String line) {
        String answer = "nothing";
        try {
            answer = child.orElseThrow().ask(line, PATIENCE);
        } finally {
            if (!answer.startsWith("done")) {
                close();
            }
        }
        if (!answer.startsWith("done")) {
            throw new IllegalStateException(answer);
        }
        return List.of(answer.split(" "));
    }

    @Override
    public void close() {
        child.ifPresent(Child::close);
        child = Optional.empty();
    }
}
