package dev.postrider.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.intake.StoreHealth;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.History;
import dev.postrider.submission.Origin;
import dev.postrider.submission.Receipt;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The failure policy and the last route, as they stand in {@code routes/}: whatever fails, the request's room is free again. */
class FailurePolicyTest {

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Store store = new Store();
    private final StoreHealth stores = new StoreHealth();
    private final AtomicInteger settled = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final Receipt receipt = new Receipt() {
        @Override
        public void settle() {
            settled.incrementAndGet();
        }

        @Override
        public void leave() {
            left.incrementAndGet();
        }
    };

    /** What stands around the settling; may be made to fail. */
    public static class Store {

        private final List<Settlement> deadLetters = new ArrayList<>();
        private boolean failing;

        public Settlement tell(Settlement settlement) {
            if (failing) {
                throw new IllegalStateException("a mistake");
            }
            return settlement;
        }

        public void store(Settlement settlement) {
            deadLetters.add(settlement);
        }

        public void end(Settlement settlement) {}

        public void leave(@Variable("arrival") Arrival arrival) {}

        public void leaveUnsettled(@Variable("arrival") Arrival arrival) {}
    }

    @BeforeEach
    void start() throws Exception {
        RetryConfig config = new Hourly();
        camel.getRegistry()
                .bind(
                        "settlements",
                        new Settlements(
                                new Schedule(config, Clock.systemUTC(), () -> 0),
                                config,
                                new Dispositions(new SimpleMeterRegistry(), () -> true),
                                Clock.systemUTC()));
        camel.getRegistry().bind("acknowledgement", new Acknowledgement(new UntilStored(camel, stores), stores));
        for (String name :
                List.of("teller", "legs", "deadLetterTopic", "deadLetterFolder", "retryTopics", "retryFolder")) {
            camel.getRegistry().bind(name, store);
        }
        Questions questions = new Questions();
        camel.getRegistry().bind("someAreGivenUp", questions.someAreGivenUp());
        camel.getRegistry().bind("someAreDeferred", questions.someAreDeferred());
        camel.getRegistry().bind("cannotBeSettled", questions.cannotBeSettled());
        for (String file :
                List.of("90-failure-policy", "60-settle-request", "70-defer-recipients", "80-dead-letter-recipients")) {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(PluginHelper.getResourceLoader(camel)
                            .resolveResource("file:routes/" + file + ".camel.yaml"));
        }
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:read")
                        .routeId("read")
                        .setVariable("arrival", body())
                        .process(FailurePolicyTest::fail);
                from("direct:accept").routeId("accept").process(FailurePolicyTest::fail);
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private static void fail(Exchange exchange) throws IOException {
        throw new IOException("a failure");
    }

    @Test
    void whatFailsOnItsWayBecomesADeadLetter() {
        camel.createFluentProducerTemplate()
                .to("direct:read")
                .withBody(arrival())
                .send();

        assertThat(store.deadLetters).hasSize(1);
        assertThat(settled).hasValue(1);
        assertThat(left).hasValue(0);
    }

    @Test
    void whatFailsWhileItIsSettledIsLeftAndItsRoomIsFree() {
        store.failing = true;

        Exchange exchange = camel.createFluentProducerTemplate()
                .to("direct:read")
                .withBody(arrival())
                .send();

        assertThat(left).hasValue(1);
        assertThat(settled).hasValue(0);
        assertThat(store.deadLetters).isEmpty();
        assertThat(exchange.getException()).isNull();
        assertThat(stores.trouble())
                .hasValue("inbox/order.json could not be settled, see the log; restart Postrider to try it again");
        assertThat(stores.isWell()).isTrue(); // The others go on.
    }

    @Test
    void aRecordThatCannotBeTakenIsLeftAndItsRoomIsFree() {
        Exchange exchange = camel.createFluentProducerTemplate()
                .to("direct:accept")
                .withHeader(KafkaConstants.MANUAL_COMMIT, receipt)
                .withHeader(KafkaConstants.TOPIC, "mail.requests")
                .withHeader(KafkaConstants.PARTITION, 0)
                .withHeader(KafkaConstants.OFFSET, 17)
                .send();

        assertThat(left).hasValue(1);
        assertThat(stores.trouble()).hasValueSatisfying(why -> assertThat(why).startsWith("mail.requests-0@17 "));
        assertThat(exchange.getException()).isNull();
    }

    @Test
    void aRequestThatCannotBeHandedOnIsLeftAndItsRoomIsFree() {
        Exchange exchange = camel.createFluentProducerTemplate()
                .to("direct:accept")
                .withBody(arrival())
                .send();

        assertThat(left).hasValue(1);
        assertThat(exchange.getException()).isNull();
    }

    @Test
    void aFolderThatCannotBeListedIsNoMistakeOfARequest() {
        Exchange exchange =
                camel.createFluentProducerTemplate().to("direct:accept").send();

        assertThat(left).hasValue(0);
        assertThat(store.deadLetters).isEmpty();
        assertThat(exchange.getException()).isNull();
    }

    private Arrival arrival() {
        Origin origin = new Origin.InboxFile(Path.of("order.json"), "order.json");
        return new Arrival(origin, new byte[0], History.none(), Optional.empty(), receipt);
    }

    private static final class Hourly implements RetryConfig {
        @Override
        public List<Duration> delays() {
            return List.of(Duration.ofHours(1));
        }

        @Override
        public Duration maxAge() {
            return Duration.ofDays(1);
        }

        @Override
        public Unknown unknown() {
            return Unknown.RETRY;
        }
    }
}
