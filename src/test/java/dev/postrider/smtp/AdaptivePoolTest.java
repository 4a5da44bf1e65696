package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.ScriptedRelay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As many sessions as the relay bears, found out by trying. */
class AdaptivePoolTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void aRelayThatIsBackMeetsOneSessionUntilThatOneHasRelayed() throws Exception {
        try (var relay = ScriptedRelay.plain().hangAt("end-of-data").start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(8))) {
            sendLater(engine, 16);

            await().during(Duration.ofMillis(300))
                    .untilAsserted(
                            () -> assertThat(engine.pool()).isEqualTo(new RelayConnection.PoolState(1, 0, 15, 1, 1)));
            assertThat(relay.connections()).isEqualTo(1);
        }
    }

    @Test
    void whenThatGoesWellTheOthersFollow() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(8))) {
            growTo(8, engine, relay);

            assertThat(engine.pool().allowed()).isEqualTo(8);
            assertThat(relay.connections()).isEqualTo(8);
        }
    }

    @Test
    void afterAStopTheyAllBeginAgain() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(8))) {
            growTo(8, engine, relay);

            relay.hangAt("end-of-data");
            engine.line().stopped("for a test");
            engine.awaitOpen();
            sendLater(engine, 16);

            await().until(() -> engine.pool().busy() == 1);
            await().during(Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(engine.pool().busy()).isEqualTo(1));
            await().untilAsserted(() ->
                    assertThat(relay.openConnections()).as("nor are more kept").isEqualTo(1));
        }
    }

    @Test
    void sessionsThatHangFromBeforeAStopAreNotWaitedFor() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(4))) {
            growTo(3, engine, relay);
            for (int i = 0; i < 3; i++) {
                relay.hangOnceAt("MAIL");
            }
            List<CompletableFuture<TransactionReport>> stuck = sendLater(engine, 3);
            await().until(() -> engine.pool().busy() == 3);

            engine.line().stopped("for a test");
            engine.awaitOpen();

            assertThat(engine.send(Letter.to("after", "ann@example.org")).complete())
                    .isTrue();
            assertThat(stuck).noneMatch(CompletableFuture::isDone);
        }
    }

    @Test
    void theFirstTransactionThatHangsHoldsUpTheOthersForAMomentOnly() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .hangAt("RCPT TO:<stuck@example.org>")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            var stuck = engine.sendLater(Letter.to("stuck", "stuck@example.org"));
            await().until(() -> engine.pool().busy() == 1);

            for (CompletableFuture<TransactionReport> report : sendLater(engine, 16)) {
                assertThat(Engine.get(report).complete()).isTrue();
            }

            assertThat(stuck).isNotDone();
        }
    }

    @ParameterizedTest(name = "{1} to {0}")
    @CsvSource({
        "MAIL,        450 4.7.1 too much mail from you",
        "RCPT,        452 4.7.0 rate limit",
        "BDAT,        451 4.7.500 server busy",
        "end-of-data, 454 Throttling failure: maximum sending rate exceeded",
        "end-of-data, 421 4.7.0 too many messages",
        "end-of-data, 432 4.3.2 concurrent connections limit exceeded"
    })
    void aThrottledMessageIsPutOffAndThePoolHalved(String command, String reply) throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(4).probeDelay(LONG, LONG))) {
            growTo(4, engine, relay);

            relay.replyDelay(Duration.ofMillis(50));
            for (int i = 0; i < 4; i++) {
                relay.replyOnce(command, reply);
            }
            List<CompletableFuture<TransactionReport>> burst = sendLater(engine, 4);

            for (CompletableFuture<TransactionReport> report : burst) {
                assertThat(ReportText.of(Engine.get(report)))
                        .singleElement()
                        .asString()
                        .startsWith("ann@example.org deferred at ")
                        .endsWith(reply);
            }
            assertThat(engine.pool().allowed()).as("one burst counts once").isEqualTo(2);
            await().untilAsserted(() -> assertThat(relay.openConnections())
                    .as("those beyond have said QUIT")
                    .isLessThanOrEqualTo(2));
            assertThat(engine.line().stop()).isEmpty();
        }
    }

    @Test
    void aRelayThatThrottlesTheOnlySessionIsGivenPauses() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .replyOnce("MAIL", "450 4.7.1 too much mail from you")
                        .start();
                var engine = Engine.open(
                        SmtpSettings.plain(relay).probeDelay(Duration.ofMillis(300), Duration.ofMillis(300)))) {
            long before = System.nanoTime();
            engine.send(Letter.to("order-1", "ann@example.org"));

            assertThat(engine.send(Letter.to("order-2", "ann@example.org")).complete())
                    .isTrue();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(300));
        }
    }

    @Test
    void aLeaseWithoutATransactionDoesNotTellAgainThatTheRelayThrottles() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(4).probeDelay(LONG, LONG))) {
            growTo(4, engine, relay);
            relay.replyDelay(Duration.ofMillis(50));
            for (int i = 0; i < 4; i++) {
                relay.replyOnce("MAIL", "450 4.7.1 too much mail from you");
            }
            for (CompletableFuture<TransactionReport> report : sendLater(engine, 4)) {
                Engine.get(report);
            }
            long since = System.nanoTime();
            await().until(() ->
                    System.nanoTime() - since > Duration.ofSeconds(1).toNanos()); // Another burst.
            var late = Letter.to("late", "ann@example.org").beginning(() -> {
                throw new IllegalStateException("too late");
            });

            assertThatThrownBy(() -> engine.send(late)).hasMessage("too late");

            assertThat(engine.pool().allowed()).isEqualTo(2);
        }
    }

    @Test
    void aRelayThatThrottlesIsWarnedOfInOneLine() throws Exception {
        List<String> warnings = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("dev.postrider.smtp");
        Handler handler = new ExtHandler() {
            @Override
            protected void doPublish(ExtLogRecord line) {
                warnings.add(line.getFormattedMessage());
            }
        };
        handler.setLevel(Level.WARNING);
        logger.addHandler(handler);
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).maxTransactions(1))) {
            engine.send(Letter.to("order-1", "ann@example.org"));
            relay.replyOnce("MAIL", "421 4.7.0 too many messages"); // In a session that has not idled.
            warnings.clear();

            assertThat(engine.send(Letter.to("order-2", "ann@example.org")).complete())
                    .isTrue();

            assertThat(warnings)
                    .containsExactly(
                            "the relay throttles us: for now Postrider uses 1 session, and pauses for 0.02 s before"
                                    + " each message");
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void whenWeStopNobodyWaitsForAPauseToEnd() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .replyOnce("MAIL", "450 4.7.1 too much mail from you")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).probeDelay(LONG, LONG))) {
            engine.send(Letter.to("order-1", "ann@example.org"));
            var waiting = engine.sendLater(Letter.to("order-2", "ann@example.org"));
            await().until(() -> engine.pool().waiting() == 1);

            engine.stopping();

            assertThatThrownBy(() -> Engine.get(waiting)).hasCauseInstanceOf(ShuttingDown.class);
            assertThat(relay.messages()).isEmpty();
        }
    }

    private static void growTo(int sessions, Engine engine, ScriptedRelay relay) {
        relay.replyDelay(Duration.ofMillis(10));
        await().until(() -> {
            for (CompletableFuture<TransactionReport> report : sendLater(engine, sessions)) {
                assertThat(Engine.get(report).complete()).isTrue();
            }
            return engine.pool().idle() == sessions;
        });
        relay.replyDelay(Duration.ZERO);
    }

    private static List<CompletableFuture<TransactionReport>> sendLater(Engine engine, int count) {
        List<CompletableFuture<TransactionReport>> reports = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            reports.add(engine.sendLater(Letter.to("order-" + i, "ann@example.org")));
        }
        return reports;
    }
}
