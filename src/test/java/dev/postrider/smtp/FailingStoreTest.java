package dev.postrider.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.intake.StoreHealth;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of messages cannot be stored: none begins, and all go out when it can. */
class FailingStoreTest {

    private final StoreHealth stores = new StoreHealth();

    @Test
    void noMessageBeginsWhileAStoreFails() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            stores.failing("disk", "cannot store an outcome: no space left");
            List<CompletableFuture<TransactionReport>> reports = IntStream.range(0, 5)
                    .mapToObj(n -> engine.sendLater(
                            Letter.to("m" + n, "ann@example.org").notedIn(stores)))
                    .toList();
            assertThat(engine.send(Letter.to("noted-elsewhere", "ann@example.org"))
                            .complete())
                    .isTrue();
            assertThat(relay.messages()).hasSize(1);

            stores.recovered("disk");

            for (CompletableFuture<TransactionReport> report : reports) {
                assertThat(Engine.get(report).complete()).isTrue();
            }
            assertThat(relay.messages()).hasSize(6);
        }
    }

    @Test
    void aMessageThatWaitsForASessionWhenTheStoreBeginsToFailDoesNotBegin() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            var first = engine.sendLater(Letter.of("first", out -> {
                await().until(() -> written.getCount() == 0);
                out.write("Subject: first\r\n\r\n".getBytes(UTF_8));
            }));
            await().until(() -> engine.pool().busy() == 1);
            var second = engine.sendLater(Letter.to("second", "ann@example.org").notedIn(stores));
            await().until(() -> engine.pool().waiting() == 1);

            stores.failing("disk", "cannot store the outcome of first: no space left");
            written.countDown();

            assertThat(Engine.get(first).complete()).isTrue();
            await().until(() -> engine.pool().busy() + engine.pool().waiting() == 0);
            assertThat(relay.messages()).hasSize(1);
            assertThat(second).isNotDone();
            stores.recovered("disk");
            assertThat(Engine.get(second).complete()).isTrue();
            assertThat(relay.messages()).hasSize(2);
        }
    }
}
