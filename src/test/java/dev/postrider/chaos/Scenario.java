package dev.postrider.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One fault from beginning to end: requests come in, it strikes, it is over, and everything has to be somewhere. */
final class Scenario {

    private static final Duration FIRST_MESSAGE = Duration.ofSeconds(30);
    private static final Duration SETTLING = Duration.ofSeconds(90);
    private static final Duration STILL_ENOUGH = Duration.ofSeconds(5);
    private static final Duration A_LOOK = Duration.ofMillis(200);

    private final ChaosSettings settings;
    private final Cluster cluster;
    private final Path home;

    Scenario(ChaosSettings settings, Cluster cluster, Path home) {
        this.settings = settings;
        this.cluster = cluster;
        this.home = home;
    }

    /**
     * Whatever happens, a row comes of it.
     *
     * @param count of requests
     */
    Row run(Fault fault, int count) {
        try {
            Optional<String> obstacle = fault.obstacle().get();
            return obstacle.isPresent()
                    ? Row.notRun(fault, obstacle.get())
                    : run(fault, mix(fault).requests(count));
        } catch (Exception | AssertionError e) {
            return Row.broken(fault, e);
        }
    }

    private Row run(Fault fault, List<Request> requests) throws Exception {
        try (World world = new World(settings, fault, cluster, home.resolve(fault.slug()))) {
            try {
                return run(fault, requests, world);
            } finally {
                log(fault, world);
            }
        }
    }

    private Row run(Fault fault, List<Request> requests, World world) throws Exception {
        world.expect((int) requests.stream()
                .filter(Request::relayable)
                .map(Request::id)
                .distinct()
                .count());
        world.start();
        Feed feed = new Feed(world, requests, fault.span()).start();
        world.relayCount().awaitMessages(1, FIRST_MESSAGE);
        fault.strike().take(world);
        long over = System.nanoTime();
        feed.awaitEnd();
        Auditor auditor = new Auditor(world, fault, requests);
        awaitSettled(auditor);
        Duration recovered = Duration.ofNanos(System.nanoTime() - over);
        return Row.of(fault, auditor.look(), world, recovered);
    }

    /** Until all is found; or nothing has been left to do for so long that what is missing will not be found any more. */
    private static void awaitSettled(Auditor auditor) {
        Stillness stillness = new Stillness(STILL_ENOUGH);
        try {
            Awaitility.await().atMost(SETTLING).pollInterval(A_LOOK).until(() -> {
                boolean settled = auditor.unsettled().isEmpty();
                return stillness.enough(settled) || (settled && auditor.look().complete());
            });
        } catch (ConditionTimeoutException e) {
            auditor.complain();
        }
    }

    private Mix mix(Fault fault) {
        Random random = new Random(settings.seed() + fault.name().hashCode());
        return fault.name().contains("poison") ? Mix.poisoned(fault.slug(), random) : Mix.usual(fault.slug(), random);
    }

    private void log(Fault fault, World world) throws IOException {
        Files.write(Files.createDirectories(home.resolve("logs")).resolve(fault.slug() + ".log"), world.log());
    }
}
