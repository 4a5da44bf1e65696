package dev.postrider.chaos;

import dev.postrider.fixture.PackagedApplication;
import java.time.Duration;
import java.util.List;

/** Instances that die, and instances that come and go. */
final class CrashFaults {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SLOW = Duration.ofMillis(10);

    /** Some 20 messages a second: there is still something to do when others have started. */
    private static final Duration VERY_SLOW = Duration.ofMillis(100);

    private CrashFaults() {}

    static List<Fault> of(ChaosSettings settings) {
        return List.of(
                Fault.of("kill -9, " + settings.kills() + " times", CrashFaults::killAgainAndAgain)
                        .weighing(1 + settings.kills() / 4),
                Fault.of("instances join, leave and are killed", CrashFaults::joinAndLeave)
                        .weighing(7));
    }

    /** Each time after a random part of what is left, so that there is something left for the next. */
    private static void killAgainAndAgain(World world) throws InterruptedException {
        world.relay().replyDelay(SLOW);
        for (int left = world.settings().kills(); left > 0; left--) {
            int relayed = world.relayCount().messages();
            int fairShare = Math.max(1, (world.expected() - relayed) / (left + 1));
            int more = 1 + world.random().nextInt(fairShare);
            world.relayCount().awaitMessages(relayed + more, PATIENCE);
            world.kill(world.newest());
            world.start();
        }
    }

    private static void joinAndLeave(World world) throws InterruptedException {
        world.relay().replyDelay(VERY_SLOW);
        PackagedApplication guest = world.startAnother();
        awaitSome(world);
        guest.terminate();
        awaitSome(world);
        world.kill(world.startAnother());
        PackagedApplication third = world.startAnother();
        awaitSome(world);
        world.kill(world.instances().get(0));
        awaitSome(world);
        world.start();
        third.terminate();
    }

    /** As long as there are any. */
    private static void awaitSome(World world) throws InterruptedException {
        int relayed = world.relayCount().messages();
        int more = Math.max(1, (world.expected() - relayed) / 8);
        world.relayCount().awaitMessages(relayed + more, Duration.ofSeconds(8));
    }
}
