package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.submission.Envelope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the relay says about us pauses delivery; what it says about one message, or several, does not. */
class ClientRefusalsTest {

    private static final Duration DELAY = Duration.ofMillis(200);

    @ParameterizedTest(name = "{1} to {0}")
    @CsvSource({
        "RCPT, 504 5.5.2 <orders>: Helo command rejected: need fully-qualified hostname",
        "RCPT, 554 5.7.1 Relay access denied",
        "RCPT, 554 Relay access denied",
        "RCPT, 550 5.7.1 Client host [192.0.2.1] blocked using zen.example",
        "RCPT, 530 5.7.1 Authentication required",
        "MAIL, 550 Unauthenticated senders not allowed",
        "MAIL, 530 5.7.0 Authentication required",
        "MAIL, 521 5.3.2 takes no mail"
    })
    void whatEveryMessageMeetsPausesDeliveryAndLosesNone(String command, String reply) throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(settings(relay))) {
            engine.send(from("billing@example.com", "b-1", "bob@example.org"));
            relay.replyTo(command, reply);

            var report = engine.sendLater(from("orders@example.com", "order-1", "ann@example.net"));
            engine.awaitStop("does not take mail from us: " + reply);
            var other = engine.sendLater(from("billing@example.com", "b-2", "carol@example.org"));
            int tried = relay.connections();
            await().until(() -> relay.connections() > tried + 1);
            assertThat(report).isNotDone();
            assertThat(other).isNotDone();

            relay.clearReplies();
            assertThat(ReportText.of(Engine.get(report)))
                    .singleElement()
                    .asString()
                    .contains(" relayed at ");
            assertThat(ReportText.of(Engine.get(other)))
                    .singleElement()
                    .asString()
                    .contains(" relayed at ");
            assertThat(relay.messages()).hasSize(3);
        }
    }

    @ParameterizedTest(name = "{1} to {0}")
    @CsvSource({
        "MAIL FROM:<spam@, 554 5.7.1 Message refused by policy",
        "RCPT TO:<odd@,    530 5.7.1 Authentication required",
        "RCPT TO:<odd@,    554 5.7.1 Relay access denied",
        "RCPT TO:<odd@,    504 5.5.2 Helo command rejected"
    })
    void whatMessagesMeetThatOthersDoNotPausesNothing(String line, String reply) throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(settings(relay))) {
            AtomicInteger stops = new AtomicInteger();
            engine.line().onStop(stops::incrementAndGet);
            engine.send(from("billing@example.com", "b-1", "bob@example.org"));
            relay.replyTo(line, reply);

            for (int i = 0; i < 20; i++) {
                TransactionReport report = engine.send(from("spam@example.com", "s-" + i, "odd@example" + i + ".org"));
                assertThat(ReportText.of(report))
                        .singleElement()
                        .asString()
                        .endsWith(reply)
                        .contains(" failed at ");
            }

            assertThat(engine.send(from("billing@example.com", "b-2", "bob@example.org"))
                            .complete())
                    .isTrue();
            assertThat(stops).hasValue(0);
            assertThat(relay.transcript())
                    .filteredOn(said -> said.startsWith("C: MAIL FROM:<billing@"))
                    .as("asked once a second at most whether others meet it")
                    .hasSizeLessThan(12);
        }
    }

    @Test
    void ofARelayThatHasTakenNothingYetTheFirstRefusalIsTheMessagesOwnAndTheSecondPausesDelivery() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .replyTo("RCPT", "554 5.7.1 Relay access denied")
                        .start();
                var engine = Engine.open(settings(relay))) {
            TransactionReport first = engine.send(from("orders@example.com", "order-1", "ann@example.org"));
            TransactionReport again = engine.send(from("orders@example.com", "order-1", "ann@example.org"));
            assertThat(engine.line().stop()).as("both for the same recipient").isEmpty();
            var report = engine.sendLater(from("orders@example.com", "order-2", "bob@example.org"));

            engine.awaitStop("554 5.7.1 Relay access denied", "block lists", "postrider.smtp.ehlo-name");
            assertThat(List.of(first, again))
                    .allSatisfy(word -> assertThat(ReportText.of(word))
                            .containsExactly("ann@example.org failed at RCPT: 554 5.7.1 Relay access denied"));
            relay.clearReplies();

            assertThat(Engine.get(report).complete()).isTrue();
            assertThat(relay.messages()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT"})
    void aRelayThatHangsUpBehindItsRefusalsPausesDeliveryAtTheSecondMessage(String command) throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(settings(relay))) {
            engine.send(from("billing@example.com", "b-1", "bob@example.org"));
            relay.refuseAndCloseAt(command, "554 5.7.1 Relay access denied");

            TransactionReport first = engine.send(from("orders@example.com", "order-1", "ann@example.org"));
            TransactionReport again = engine.send(from("orders@example.com", "order-1", "ann@example.org"));
            assertThat(engine.line().stop()).as("both for the same recipient").isEmpty();
            var report = engine.sendLater(from("orders@example.com", "order-2", "carol@example.org"));

            engine.awaitStop("554 5.7.1 Relay access denied");
            assertThat(List.of(first, again))
                    .allSatisfy(word -> assertThat(ReportText.of(word))
                            .containsExactly(
                                    "ann@example.org failed at " + command + ": 554 5.7.1 Relay access denied"));
            relay.clearReplies();

            assertThat(Engine.get(report).complete()).isTrue();
            assertThat(relay.messages()).hasSize(2);
        }
    }

    @Test
    void aWrongConclusionEndsWithTheNextMessageThatTheRelayTakes() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .replyTo("MAIL FROM:<spam@", "554 5.7.1 Message refused by policy")
                        .start();
                var engine = Engine.open(settings(relay))) {
            engine.send(from("spam@example.com", "s-1", "ann@example.org"));
            CompletableFuture<TransactionReport> held =
                    engine.sendLater(from("spam@example.com", "s-2", "bob@example.org"));
            engine.awaitStop("554 5.7.1 Message refused by policy");

            var good = engine.sendLater(from("orders@example.com", "order-1", "ann@example.org"));

            assertThat(Engine.get(good).complete()).isTrue();
            assertThat(ReportText.of(Engine.get(held)))
                    .containsExactly("bob@example.org failed at MAIL: 554 5.7.1 Message refused by policy");
            engine.awaitOpen();
            assertThat(relay.messages()).hasSize(1);
        }
    }

    @Test
    void whatIsRelayedToSomeAfterAPauseIsNotSentTwice() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(settings(relay))) {
            engine.send(from("billing@example.com", "b-1", "bob@example.org"));
            relay.replyTo("RCPT", "554 5.7.1 Relay access denied");
            var held = engine.sendLater(from("orders@example.com", "order-1", "ann@example.net"));
            engine.awaitStop("554 5.7.1 Relay access denied");
            relay.clearReplies();
            assertThat(Engine.get(held).complete()).isTrue();
            relay.replyTo("RCPT TO:<odd@", "554 5.7.1 Relay access denied");

            TransactionReport report = engine.send(Letter.to("order-2", "odd@example.org", "ann@example.org"));

            assertThat(ReportText.of(report))
                    .containsExactly(
                            "odd@example.org failed at RCPT: 554 5.7.1 Relay access denied",
                            "ann@example.org relayed at FINAL_DOT: 250 2.0.0 queued");
            assertThat(relay.messages()).hasSize(3);
        }
    }

    @Test
    void nothingIsAskedForTheSakeOfOrdinaryRefusals() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(settings(relay))) {
            engine.send(from("billing@example.com", "b-1", "bob@example.org"));
            relay.replyTo("RCPT", "550 5.1.1 no such user");

            engine.send(from("orders@example.com", "order-1", "ann@example.net"));

            assertThat(relay.transcript())
                    .filteredOn(said -> said.startsWith("C: MAIL"))
                    .hasSize(2);
        }
    }

    private static SmtpSettings settings(ScriptedRelay relay) {
        return SmtpSettings.plain(relay).poolSize(1).probeDelay(DELAY, DELAY);
    }

    private static Letter from(String sender, String id, String recipient) {
        return Letter.of(new Envelope(sender, List.of(recipient)), id, "Subject: " + id + "\r\n\r\nhello\r\n");
    }
}
