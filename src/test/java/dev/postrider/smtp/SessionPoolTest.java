package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.Patience;
import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.ScriptedRelay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many messages, few sessions. */
@ParameterizedClass
@EnumSource(Way.class)
class SessionPoolTest {

    @Parameter
    private Way way;

    @Test
    void manyThreadsShareAFewSessionsAndEachMessageArrivesOnce() throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(4).maxTransactions(1000))) {

            List<TransactionReport> reports = sendFromThreads(engine, 16, 200);

            assertThat(reports).hasSize(200).allMatch(TransactionReport::complete);
            assertThat(messageIds(relay)).hasSize(200);
            assertThat(relay.messages()).hasSize(200);
            assertThat(relay.connections()).isBetween(1, 4);
            await().until(() -> engine.pool().busy() == 0); // QUIT is still being said.
            assertThat(engine.pool().waiting()).isZero();
            assertThat(engine.pool().idle()).isEqualTo(relay.connections());
        }
    }

    @Test
    void manyThreadsShareAFewSessionsThatKeepBreakingAndEachMessageArrivesOnce() throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(
                        SmtpSettings.plain(relay).poolSize(4).maxTransactions(7).lostConnectionRetries(100))) {
            for (String point : List.of("MAIL", "RCPT", way.contentCommand(), "end-of-data")) {
                for (int i = 0; i < 5; i++) {
                    relay.disconnectOnceAt(point);
                    relay.replyOnce(point, "421 4.3.2 closing");
                }
            }

            List<TransactionReport> reports = sendFromThreads(engine, 16, 200);

            long relayed = reports.stream().filter(TransactionReport::complete).count();
            long notRelayed = reports.size() - relayed;
            assertThat(reports).hasSize(200);
            assertThat(notRelayed)
                    .as("421 to RCPT, DATA and after the dot, and lost after the dot; in one flight, lost anywhere")
                    .isBetween(15L + 5, way.inOneFlight() ? 15L + 20 : 15L + 5);
            assertThat(relay.messages()).hasSize((int) relayed);
            assertThat(messageIds(relay)).as("each once").hasSize((int) relayed);
            await().until(() -> engine.pool().busy() == 0);
        }
    }

    @Test
    void whoeverFindsAllSessionsInUseWaitsForOne() throws Exception {
        try (var relay = way.relay().hangOnceAt("end-of-data").start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1).lostConnectionRetries(0))) {
            var first = engine.sendLater(Letter.to("order-1", "ann@example.org"));
            await().until(() -> relay.transcript().contains(way.content()));
            var second = engine.sendLater(Letter.to("order-2", "ann@example.org"));
            await().untilAsserted(
                            () -> assertThat(engine.pool()).isEqualTo(new RelayConnection.PoolState(1, 0, 1, 1, 1)));

            relay.disconnectAll();

            assertThat(ReportText.of(Engine.get(first)))
                    .containsExactly("ann@example.org unknown at FINAL_DOT: the relay closed the connection");
            assertThat(Engine.get(second).complete()).isTrue();
            assertThat(relay.messages()).hasSize(1);
        }
    }

    @Test
    void aRelayThatTakesFewerSessionsIsMadeDoWith() throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay)
                        .poolSize(4)
                        .probeDelay(Duration.ofMillis(20), Duration.ofMinutes(1)))) {
            relay.replyTo("connect", "421 4.7.0 too many connections from your address");

            List<TransactionReport> reports = sendFromThreads(engine, 8, 50);

            assertThat(reports).allMatch(TransactionReport::complete);
            assertThat(relay.messages())
                    .hasSize(50)
                    .extracting(ReceivedMessage::session)
                    .containsOnly(1);
            assertThat(engine.line().stop()).isEmpty();
            assertThat(relay.connections())
                    .as("one session, and three that were refused")
                    .isBetween(2, 1 + 3);
        }
    }

    @Test
    void aRelayThatTakesMoreSessionsAgainGetsThem() throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay)
                        .poolSize(2)
                        .probeDelay(Duration.ofMillis(20), Duration.ofMillis(50)))) {
            relay.replyTo("connect", "421 4.7.0 too many connections from your address");
            sendFromThreads(engine, 4, 10);

            relay.clearReplies().replyDelay(Duration.ofMillis(20));
            await().untilAsserted(() -> {
                sendFromThreads(engine, 4, 4);
                assertThat(engine.pool().idle()).isEqualTo(2);
            });
        }
    }

    @Test
    void aRelayThatTakesNoSessionAtAllStopsTheLine() throws Exception {
        try (var relay = way.relay()
                        .replyTo("connect", "421 4.7.0 too many connections from your address")
                        .start();
                var engine = Engine.start(SmtpSettings.plain(relay).poolSize(4))) {
            List<CompletableFuture<TransactionReport>> reports = new ArrayList<>();
            for (int i = 1; i <= 8; i++) {
                reports.add(engine.sendLater(Letter.to("order-" + i, "ann@example.org")));
            }
            engine.awaitStop("does not want us: 421 4.7.0 too many connections");

            relay.clearReplies();
            for (CompletableFuture<TransactionReport> report : reports) {
                assertThat(Engine.get(report).complete()).isTrue();
            }
            assertThat(relay.messages()).hasSize(8);
        }
    }

    @Test
    void theLineStopsOnceAndEverybodyWaitsThere() throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay)
                        .poolSize(4)
                        .probeDelay(Duration.ofMinutes(1), Duration.ofMinutes(1)))) {
            relay.disconnectAll();
            await().until(() -> relay.openConnections() == 0);
            relay.replyTo("connect", "554 5.7.1 no");
            List<CompletableFuture<TransactionReport>> reports = new ArrayList<>();
            for (int i = 1; i <= 16; i++) {
                reports.add(engine.sendLater(Letter.to("order-" + i, "ann@example.org")));
            }
            engine.awaitStop("554 5.7.1 no");

            await().during(Duration.ofMillis(300))
                    .untilAsserted(
                            () -> assertThat(engine.pool()).isEqualTo(new RelayConnection.PoolState(0, 0, 0, 1, 1)));
            assertThat(reports).noneMatch(CompletableFuture::isDone);
            assertThat(relay.connections())
                    .as("one before, and no more than one each")
                    .isBetween(2, 1 + 4);
        }
    }

    @Test
    void aLineThatOpensAndStopsAgainBacksOff() throws Exception {
        try (var relay = way.relay()
                        .replyTo("MAIL", "530 5.7.0 Authentication required")
                        .start();
                var engine = Engine.start(
                        SmtpSettings.plain(relay).probeDelay(Duration.ofMillis(50), Duration.ofMinutes(1)))) {
            var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));

            // Opened at once, and again after about 50, 100, 200, 400, 800 ms.
            await().during(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(relay.connections()).isLessThan(9));
            assertThat(relay.connections()).isGreaterThan(2);
            assertThat(report).isNotDone();
        }
    }

    @Test
    void whenWeStopWhileTheLineIsStoppedWhoeverWaitsIsSentHomeAtOnce() throws Exception {
        try (var relay = way.relay().replyTo("connect", "554 5.7.1 no").start();
                var engine = Engine.start(SmtpSettings.plain(relay))) {
            var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));
            engine.awaitStop("554 5.7.1 no");

            engine.stopping();

            assertThatThrownBy(() -> Engine.get(report))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ShuttingDown.class);
        }
    }

    @Test
    void whenWeStopWhileTheLineIsStoppedThoseWhoHadWaitedForASessionAreSentHomeToo() throws Exception {
        try (var relay = way.relay().hangOnceAt("end-of-data").start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            var first = engine.sendLater(Letter.to("order-1", "ann@example.org"));
            await().until(() -> relay.transcript().contains(way.content()));
            var second = engine.sendLater(Letter.to("order-2", "ann@example.org"));
            await().until(() -> engine.pool().waiting() == 1);

            engine.line().stopped("for a test");
            engine.stopping();

            assertThatThrownBy(() -> Engine.get(second)).hasCauseInstanceOf(ShuttingDown.class);
            assertThat(first).as("this one has begun").isNotDone();
            assertThat(relay.messages()).isEmpty();
        }
    }

    @Test
    void whenWeStopWhileTheLineIsOpenWhatHasBegunIsFinished() throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            relay.replyDelay(Duration.ofMillis(50));
            var first = engine.sendLater(Letter.to("order-1", "ann@example.org"));
            var second = engine.sendLater(Letter.to("order-2", "ann@example.org"));
            await().until(() -> engine.pool().waiting() == 1);

            engine.stopping();

            assertThat(Engine.get(first).complete()).isTrue();
            assertThat(Engine.get(second).complete()).isTrue();
            assertThat(relay.messages()).hasSize(2);
        }
    }

    private static List<TransactionReport> sendFromThreads(Engine engine, int threads, int count) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        try {
            List<Future<TransactionReport>> futures = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                String id = "order-" + i;
                futures.add(senders.submit(() -> engine.send(Letter.to(id, "ann@example.org"))));
            }
            List<TransactionReport> reports = new ArrayList<>();
            for (Future<TransactionReport> future : futures) {
                reports.add(future.get(Patience.ONE_MINUTE.toSeconds(), TimeUnit.SECONDS));
            }
            return reports;
        } finally {
            senders.shutdownNow();
        }
    }

    private static Set<String> messageIds(ScriptedRelay relay) {
        Set<String> ids = new HashSet<>();
        relay.messages()
                .forEach(message -> ids.add(message.text().lines().findFirst().orElseThrow()));
        return ids;
    }
}
