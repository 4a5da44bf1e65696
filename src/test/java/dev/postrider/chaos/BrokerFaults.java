package dev.postrider.chaos;

import dev.postrider.fixture.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;

/** Kafka away, all of it or in part. */
final class BrokerFaults {

    private BrokerFaults() {}

    static List<Fault> of(ChaosSettings settings) {
        return List.of(
                Fault.of("the broker is killed and comes back", world -> {
                            world.firstBroker().kill();
                            world.last(settings.moment());
                            world.firstBroker().restart();
                        })
                        .during(settings.moment().plusSeconds(5)),
                Fault.of("the topics of retries and dead letters are unavailable", world -> {
                            world.cluster().second().kill();
                            world.last(settings.moment());
                            world.cluster().second().restart();
                        })
                        .prepared(BrokerFaults::putStoresOnSecondBroker)
                        .during(settings.moment().plusSeconds(5)));
    }

    private static void putStoresOnSecondBroker(World world) throws Exception {
        int second = world.cluster().second().id();
        world.onClose(world.cluster()::dropSecond);
        List<NewTopic> stores = new ArrayList<>();
        stores.add(Topics.on(second, world.topics().deadLetters(), 1));
        for (String delay : world.settings().delays().split(",")) {
            stores.add(Topics.on(second, world.topics().retries() + "." + delay, Topics.PARTITIONS));
        }
        world.broker().admin().createTopics(stores).all().get(Patience.ONE_MINUTE.toSeconds(), TimeUnit.SECONDS);
        Awaitility.await("a leader for the dead letters")
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() ->
                        world.broker().readAll(world.topics().deadLetters()).isEmpty());
    }
}
