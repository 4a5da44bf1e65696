package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.Patience;
import dev.postrider.fixture.ScriptedRelay;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A relay that answers an octet at a time, on and on: each read of it succeeds, and the whole never comes. */
class SlowAnswersTest {

    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(5);

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA"})
    void aReplyHasToBeCompleteWithinTheReadTimeout(String command) throws Exception {
        try (var relay = Way.ONE_BY_ONE.relay().endlessAt(command, PAUSE).start();
                var engine =
                        Engine.open(SmtpSettings.plain(relay).readTimeout(SHORT).lostConnectionRetries(0))) {
            TransactionReport report = Engine.get(engine.sendLater(Letter.to("order-1", "ann@example.org")));

            assertThat(ReportText.of(report))
                    .singleElement()
                    .asString()
                    .startsWith("ann@example.org deferred at " + command + ": ")
                    .contains("in time");
        }
    }

    @Test
    void whatBecameOfAMessageDoesNotWaitForTheReplyToQuit() throws Exception {
        try (var relay = ScriptedRelay.plain().endlessAt("QUIT", PAUSE).start();
                var engine = Engine.open(
                        SmtpSettings.plain(relay).poolSize(1).maxTransactions(1).readTimeout(LONG))) {
            for (int i = 1; i <= 3; i++) {
                String id = "order-" + i;
                await().atMost(Patience.ONE_MINUTE).until(() -> engine.pool().busy() == 0);
                long before = System.nanoTime();

                assertThat(engine.send(Letter.to(id, "ann@example.org")).complete())
                        .isTrue();

                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(RelaySession.PATIENCE_WITH_QUIT);
            }
            assertThat(relay.messages()).hasSize(3);
        }
    }

    @Test
    void thePlaceOfASessionThatIsEndingIsFreeAfterAMoment() throws Exception {
        try (var relay = ScriptedRelay.plain().endlessAt("QUIT", PAUSE).start();
                var engine = Engine.open(
                        SmtpSettings.plain(relay).poolSize(1).maxTransactions(1).readTimeout(LONG))) {
            engine.send(Letter.to("order-1", "ann@example.org"));

            TransactionReport next = Engine.get(engine.sendLater(Letter.to("order-2", "ann@example.org")));

            assertThat(next.complete()).isTrue();
            assertThat(relay.connections()).isEqualTo(2);
        }
    }

    @Test
    void aSessionThatDoesNotAnswerNoopIsReplacedAfterTheConnectTimeout() throws Exception {
        try (var relay = ScriptedRelay.plain().endlessAt("NOOP", PAUSE).start();
                var engine = Engine.open(SmtpSettings.plain(relay)
                        .poolSize(1)
                        .probeAfter(Duration.ZERO)
                        .readTimeout(LONG)
                        .connectTimeout(SHORT))) {
            TransactionReport report = Engine.get(engine.sendLater(Letter.to("order-1", "ann@example.org")));

            assertThat(report.complete()).isTrue();
            assertThat(relay.transcript()).contains("C: NOOP");
            assertThat(relay.connections()).isEqualTo(2);
        }
    }

    @Test
    void whatTheRelayHasRefusedDoesNotWaitForTheReplyToRset() throws Exception {
        try (var relay = Way.PIPELINED
                        .relay()
                        .replyTo("RCPT", "550 5.1.1 no such user")
                        .endlessAt("RSET", PAUSE)
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay)
                        .readTimeout(LONG)
                        .transactionDeadline(LONG)
                        .connectTimeout(SHORT))) {
            TransactionReport report = Engine.get(engine.sendLater(Letter.to("order-1", "ann@example.org")));

            assertThat(ReportText.of(report)).containsExactly("ann@example.org failed at RCPT: 550 5.1.1 no such user");
            assertThat(relay.transcript()).contains("C: RSET");
        }
    }
}
