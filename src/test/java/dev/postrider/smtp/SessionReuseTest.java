package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.Identity;
import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.fixture.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session is kept, and for how long. */
class SessionReuseTest {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    @Test
    void theSecondMessageGoesOutOnTheSameSessionWithNothingInBetween() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            engine.send(Letter.to("order-1", "ann@example.org"));
            engine.send(Letter.to("order-2", "bob@example.org"));

            List<String> transcript = relay.transcript(1);
            assertThat(transcript.subList(transcript.indexOf("S: 250 2.0.0 reset") + 1, transcript.size()))
                    .containsExactly(
                            "C: MAIL FROM:<shop@example.com> SIZE=60",
                            "S: 250 2.1.0 sender ok",
                            "C: RCPT TO:<ann@example.org>",
                            "S: 250 2.1.5 recipient ok",
                            "C: BDAT 60 LAST",
                            "C: (chunk)",
                            "S: 250 2.0.0 queued",
                            "C: MAIL FROM:<shop@example.com> SIZE=60",
                            "S: 250 2.1.0 sender ok",
                            "C: RCPT TO:<bob@example.org>",
                            "S: 250 2.1.5 recipient ok",
                            "C: BDAT 60 LAST",
                            "C: (chunk)",
                            "S: 250 2.0.0 queued");
            assertThat(relay.messages()).hasSize(2);
            assertThat(relay.connections()).isEqualTo(1);
        }
    }

    @Test
    void aSessionThatHasServedItsTransactionsSaysQuitAndAnotherFollows() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).maxTransactions(2))) {
            for (int i = 1; i <= 5; i++) {
                engine.send(Letter.to("order-" + i, "ann@example.org"));
            }

            assertThat(relay.messages()).extracting(ReceivedMessage::session).containsExactly(1, 1, 2, 2, 3);
            assertThat(relay.transcript(1)).endsWith("S: 250 2.0.0 queued", "C: QUIT", "S: 221 2.0.0 bye");
            assertThat(relay.transcript(2)).endsWith("S: 250 2.0.0 queued", "C: QUIT", "S: 221 2.0.0 bye");
            assertThat(relay.transcript(3)).doesNotContain("C: QUIT");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "IMPLICIT"})
    void theNextSessionTakesUpTheTlsSessionOfTheOneBefore(Tls tls, @TempDir Path folder) throws Exception {
        TestAuthority authority = TestAuthority.create();
        Identity identity = authority.issue("localhost");
        try (var relay = (tls == Tls.IMPLICIT ? ScriptedRelay.implicitTls(identity) : ScriptedRelay.startTls(identity))
                        .start();
                var engine = Engine.open(SmtpSettings.startTls(relay, authority.writePem(folder.resolve("ca.pem")))
                        .tls(tls)
                        .maxTransactions(1))) {
            for (int i = 1; i <= 4; i++) {
                engine.send(Letter.to("order-" + i, "ann@example.org"));
            }

            assertThat(relay.connections()).isEqualTo(4);
            assertThat(relay.resumedHandshakes()).isEqualTo(3);
        }
    }

    @Test
    void aSessionThatIsTooOldSaysQuit() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).maxAge(Duration.ofMillis(1)))) {
            for (int i = 1; i <= 3; i++) {
                engine.send(Letter.to("order-" + i, "ann@example.org"));
            }

            assertThat(relay.messages()).hasSize(3);
            assertThat(relay.connections()).isGreaterThan(1);
            assertThat(engine.discarded(SessionEnd.AGE)).isPositive();
        }
    }

    @Test
    void whySessionsEndedIsCounted() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .replyOnce("MAIL", "421 4.4.2 idle for too long")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).maxTransactions(2))) {
            engine.send(Letter.to("order-1", "ann@example.org"));
            engine.send(Letter.to("order-2", "ann@example.org"));
            relay.replyOnce("RCPT", "421 4.3.2 shutting down");
            engine.send(Letter.to("order-3", "ann@example.org"));

            assertThat(engine.discarded(SessionEnd.HUNG_UP)).isEqualTo(1);
            assertThat(engine.discarded(SessionEnd.TRANSACTIONS)).isEqualTo(1);
            assertThat(engine.discarded(SessionEnd.BROKEN)).isEqualTo(1);
            assertThat(engine.discarded(SessionEnd.IDLE)).isZero();
        }
    }

    @Test
    void aSessionNobodyNeedsSaysQuit() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).idleTimeout(Duration.ofMillis(50)))) {
            await().untilAsserted(() -> assertThat(relay.transcript(1)).endsWith("C: QUIT", "S: 221 2.0.0 bye"));
            await().untilAsserted(
                            () -> assertThat(engine.pool()).isEqualTo(new RelayConnection.PoolState(0, 0, 0, 1, 1)));

            assertThat(engine.line().stop()).as("idle is not broken").isEmpty();
            assertThat(engine.send(Letter.to("order-1", "ann@example.org")).complete())
                    .isTrue();
            assertThat(relay.messages()).extracting(ReceivedMessage::session).containsExactly(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aRelayThatClosesASessionAfterSoManyMessagesMakesNoMoreThanOneUnknown(int most) throws Exception {
        try (var relay = ScriptedRelay.plain().mostMessages(most).start();
                var engine = Engine.open(SmtpSettings.plain(relay).lostConnectionRetries(0))) {
            int unknown = 0;
            for (int i = 1; i <= 24; i++) {
                TransactionReport report = engine.send(Letter.to("order-" + i, "ann@example.org"));
                unknown += report.complete() ? 0 : 1;
            }

            // Asked whether it is still there: after 1, 2 and 4 messages, and after 5 once it has shown that it is not.
            assertThat(unknown).isLessThanOrEqualTo(most == 5 ? 1 : 0);
            assertThat(relay.messages()).hasSize(24 - unknown);
        }
    }

    @Test
    void aRelayThatRestartsUnderLoadLeavesMessagesAtOneFlightEach() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(6))) {
            openSessions(engine, relay, 6);
            relay.replyDelay(Duration.ofMillis(5));
            for (int round = 0; round < 3; round++) {
                List<CompletableFuture<TransactionReport>> reports = new ArrayList<>();
                for (int i = 1; i <= 12; i++) {
                    reports.add(engine.sendLater(Letter.to("load-" + round + "-" + i, "ann@example.org")));
                }
                relay.disconnectAll();
                for (CompletableFuture<TransactionReport> report : reports) {
                    Engine.get(report);
                }
            }
            relay.replyDelay(Duration.ZERO);
            engine.send(Letter.to("first", "ann@example.org"));
            engine.send(Letter.to("second", "ann@example.org"));

            int before = relay.flights();
            for (int i = 1; i <= 32; i++) {
                engine.send(Letter.to("after-" + i, "ann@example.org"));
            }

            // And a few more, when a session serves more messages than any before.
            assertThat(relay.flights() - before).isBetween(32, 40);
        }
    }

    @Test
    void aSessionThatHasIdledIsAskedWithNoopFirst() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).probeAfter(AT_ONCE))) {
            long idleSince = System.nanoTime();
            await().pollInterval(AT_ONCE).until(() -> System.nanoTime() - idleSince > AT_ONCE.toNanos());

            engine.send(Letter.to("order-1", "ann@example.org"));

            assertThat(relay.transcript())
                    .containsSubsequence("C: NOOP", "S: 250 2.0.0 ok", "C: MAIL FROM:<shop@example.com> SIZE=60");
        }
    }

    @Test
    void aSessionWhoseNoopIsNotAnsweredWellIsReplaced() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .replyOnce("NOOP", "421 4.4.2 timeout exceeded")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).probeAfter(Duration.ZERO))) {
            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org"));

            assertThat(report.complete()).isTrue();
            assertThat(relay.messages()).extracting(ReceivedMessage::session).containsExactly(2);
        }
    }

    @Test
    void aSessionWhoseNoopIsNotAnsweredAtAllIsReplacedBeforeLong() throws Exception {
        try (var relay = ScriptedRelay.plain().hangOnceAt("NOOP").start();
                var engine = Engine.open(SmtpSettings.plain(relay)
                        .probeAfter(Duration.ZERO)
                        .connectTimeout(Duration.ofMillis(200))
                        .readTimeout(Duration.ofMinutes(5)))) {
            TransactionReport report = Engine.get(engine.sendLater(Letter.to("order-1", "ann@example.org")));

            assertThat(report.complete()).isTrue();
            assertThat(relay.messages()).extracting(ReceivedMessage::session).containsExactly(2);
        }
    }

    @Test
    void sessionsThatDiedWhileIdleCostNothing() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(6).lostConnectionRetries(0))) {
            openSessions(engine, relay, 6);
            assertThat(engine.pool().idle()).isEqualTo(6);
            int before = relay.messages().size();

            relay.disconnectAll();
            await().untilAsserted(() -> assertThat(relay.openConnections()).isZero());
            TransactionReport report = engine.send(Letter.to("after", "ann@example.org"));

            assertThat(report.complete()).isTrue();
            assertThat(relay.messages()).hasSize(before + 1);
            assertThat(engine.line().stop()).isEmpty();
        }
    }

    @Test
    void aRelayThatSaysGoodbyeToIdleSessionsCostsNothing() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .replyOnce("MAIL", "421 4.4.2 idle for too long")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).lostConnectionRetries(0))) {
            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org"));

            assertThat(report.complete()).isTrue();
            assertThat(relay.messages()).extracting(ReceivedMessage::session).containsExactly(2);
        }
    }

    @Test
    void whenTheRoutesHaveStoppedTheSessionsSayQuit() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(3))) {
            openSessions(engine, relay, 3);

            engine.stopping();
            engine.stopped();

            for (int session = 1; session <= 3; session++) {
                assertThat(relay.transcript(session)).endsWith("C: QUIT", "S: 221 2.0.0 bye");
            }
        }
    }

    /** Opens as many sessions, by having as many messages under way at once until the pool has grown to them. */
    private static void openSessions(Engine engine, ScriptedRelay relay, int count) {
        relay.replyDelay(Duration.ofMillis(20));
        await().until(() -> {
            List<CompletableFuture<TransactionReport>> reports = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                reports.add(engine.sendLater(Letter.to("order-" + i, "ann@example.org")));
            }
            for (CompletableFuture<TransactionReport> report : reports) {
                assertThat(Engine.get(report).complete()).isTrue();
            }
            return relay.connections() == count;
        });
        relay.replyDelay(Duration.ZERO);
    }
}
