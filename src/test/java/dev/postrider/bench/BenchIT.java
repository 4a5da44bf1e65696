package dev.postrider.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form: one ratio, never a time. All in this process, so that it can run anywhere. */
class BenchIT {

    private static final Duration DELAY = Duration.ofMillis(5);
    private static final Duration WINDOW = Duration.ofMillis(700);
    private static final int SESSIONS = 8;
    private static final int ROUNDS = 7;

    @TempDir
    private Path home;

    @Test
    void withFiveMillisecondsToTheRelayPostriderIsTwiceAsFastAsKeptAngusTransports() throws Exception {
        List<Double> ratios = new ArrayList<>();
        try (RelaySimulator relay = new RelaySimulator(BenchAuthority.create(home))) {
            int port = relay.listen(Offer.BOTH, DELAY);
            Client ours = new EngineClient(home);
            Client angus = new TrustingAngus(home);
            ours.open(port, SESSIONS);
            angus.open(port, SESSIONS);
            try {
                warmUp(ours, angus);
                for (int round = 0; round < ROUNDS; round++) {
                    ratios.add(rate(ours) / rate(angus));
                }
            } finally {
                ours.close();
                angus.close();
            }
            assertThat(relay.count().faults()).isZero();
        }

        System.out.println("Postrider by kept Angus transports: " + ratios);
        assertThat(Spread.of(ratios).median())
                .as("ratios, round for round: %s", ratios)
                .isGreaterThan(2);
    }

    private static void warmUp(Client... clients) throws Exception {
        for (Client client : clients) {
            client.run(Letter.SMALL, WINDOW.multipliedBy(2));
        }
    }

    private static double rate(Client client) throws Exception {
        Client.Stint stint = client.run(Letter.SMALL, WINDOW);
        return stint.messages() / (stint.elapsed().toNanos() / 1e9);
    }
}
