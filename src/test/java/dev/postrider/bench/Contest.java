package dev.postrider.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lets peers take turns in a cell, A B C, A B C, so that whatever else the machine does meets them alike. */
final class Contest {

    private final RelayProcess relay;
    private final int rounds;
    private final Results results;
    private final PrintStream out;

    Contest(RelayProcess relay, int rounds, Results results, PrintStream out) {
        this.relay = relay;
        this.rounds = rounds;
        this.results = results;
        this.out = out;
    }

    void hold(Cell cell, List<? extends Peer> peers) {
        out.printf("%n%s%n", cell);
        List<Peer> left = new ArrayList<>();
        for (Peer peer : peers) {
            if (attempt(cell, peer, () -> peer.enter(cell))) {
                left.add(peer);
            }
        }
        for (int round = 0; round < rounds; round++) {
            left.removeIf(peer -> !attempt(cell, peer, () -> results.add(cell, peer.name(), turn(cell, peer))));
        }
        for (Peer peer : left) {
            if (attempt(cell, peer, peer::leave)) {
                report(cell, peer.name());
            }
        }
    }

    private Sample turn(Cell cell, Peer peer) throws Exception {
        peer.prepare(cell);
        RelayTally.Count before = relay.count();
        Duration cpu = peer.usage().cpu();
        Duration relayCpu = relay.usage().cpu();
        peer.usage().forgetPeak();
        Client.Stint stint = peer.run(cell);
        Sample sample = new Sample(
                stint.messages(),
                stint.elapsed(),
                peer.usage().cpu().minus(cpu),
                peer.usage().peak(),
                relay.usage().cpu().minus(relayCpu));
        check(stint, relay.count().minus(before));
        return sample;
    }

    private static void check(Client.Stint stint, RelayTally.Count taken) {
        if (taken.faults() > 0) {
            throw new IllegalStateException(taken.faults() + " messages or commands the relay cannot make sense of");
        }
        if (taken.messages() != stint.messages()) {
            throw new IllegalStateException(
                    "says it sent " + stint.messages() + ", and the relay has " + taken.messages());
        }
    }

    private boolean attempt(Cell cell, Peer peer, Step step) {
        try {
            step.take();
            return true;
        } catch (Exception e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            results.failed(cell, peer.name(), why);
            out.printf("  %-32s failed: %s%n", peer.name(), why);
            peer.close();
            return false;
        }
    }

    private void report(Cell cell, String peer) {
        Spread rate = results.spread(cell, peer, Sample::rate).orElseThrow();
        Spread cpu = results.spread(cell, peer, Sample::cpuPerThousand).orElseThrow();
        out.printf(Locale.ROOT, "  %-32s %8.0f/s  %6.3f CPU s per 1000%n", peer, rate.median(), cpu.median());
    }

    private interface Step {
        void take() throws Exception;
    }
}
