package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.fixture.TestAuthority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The connection breaks: at every point, once and always. */
@ParameterizedClass
@EnumSource(Way.class)
class LostConnectionTest {

    @Parameter
    private Way way;

    /** More than the socket buffers of both sides hold, so that the relay sees some of it before all of it is sent. */
    private static final int LARGE = 16 * 1024 * 1024;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "at {0}")
    @CsvSource({
        "connect,   closed the connection instead of greeting",
        "banner,    closed the connection after EHLO",
        "EHLO,      closed the connection after EHLO",
        "STARTTLS,  closed the connection after STARTTLS",
        "handshake, TLS with",
        "AUTH,      closed the connection after AUTH"
    })
    void whileASessionOpensItIsTheRelaysTroubleAndTheMessageWaits(String point, String reason) throws Exception {
        TestAuthority authority = TestAuthority.create();
        try (var relay = way.offeredBy(ScriptedRelay.startTls(authority.issue("localhost")))
                        .auth("orders", "secret")
                        .disconnectAt(point)
                        .start();
                var engine = Engine.start(SmtpSettings.startTls(relay, authority.writePem(folder.resolve("ca.pem")))
                        .login("orders", "secret"))) {
            var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));

            engine.awaitStop("localhost:" + relay.port(), reason, "look at");
            await().until(() -> relay.connections() > 2);
            assertThat(report).isNotDone();

            relay.clearReplies();
            assertThat(Engine.get(report).complete()).isTrue();
            assertThat(relay.messages()).hasSize(1);
        }
    }

    @ParameterizedTest(name = "at {0}")
    @ValueSource(strings = {"MAIL", "RCPT", "DATA"})
    void aMessageWhoseConnectionBreaksOnceBeforeItsEndGoesOutOnAnotherSession(String point) throws Exception {
        assumeFalse(way.inOneFlight(), "then its end has been sent");
        try (var relay = way.relay().disconnectOnceAt(point).start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {

            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org", "bob@example.org"));

            assertThat(ReportText.of(report))
                    .containsExactly(
                            "ann@example.org relayed at FINAL_DOT: 250 2.0.0 queued",
                            "bob@example.org relayed at FINAL_DOT: 250 2.0.0 queued");
            assertThat(relay.messages()).extracting(ReceivedMessage::session).containsExactly(2);
            assertThat(relay.connections()).isEqualTo(2);
            assertThat(engine.line().stop()).isEmpty();
        }
    }

    @ParameterizedTest(name = "at {0}")
    @ValueSource(strings = {"MAIL", "RCPT", "BDAT"})
    void aMessageSentInOneFlightIsUnknownWhereverTheConnectionBreaks(String point) throws Exception {
        assumeTrue(way.inOneFlight());
        try (var relay = way.relay().disconnectOnceAt(point).start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {

            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org", "bob@example.org"));

            assertThat(ReportText.of(report))
                    .containsExactly(
                            "ann@example.org unknown at FINAL_DOT: the relay closed the connection",
                            "bob@example.org unknown at FINAL_DOT: the relay closed the connection");
        }
    }

    @Test
    void aLargeMessageWhoseConnectionBreaksInTheMiddleGoesOutOnAnotherSession() throws Exception {
        try (var relay = way.relay().disconnectOnceAt("mid-data").start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            TransactionReport report = engine.send(large("order-1"));

            assertThat(report.complete()).isTrue();
            assertThat(relay.messages()).extracting(ReceivedMessage::session).containsExactly(2);
        }
    }

    @ParameterizedTest(name = "at {0}")
    @CsvSource({
        // The first MAIL goes to a session that had idled: it is free.
        "MAIL, 4",
        "RCPT, 3",
        "DATA, 3"
    })
    void aMessageWhoseConnectionAlwaysBreaksBeforeItsEndIsDeferredAfterSoManyTries(String stage, int sessions)
            throws Exception {
        assumeFalse(way.inOneFlight(), "then its end has been sent");
        try (var relay = way.relay().disconnectAt(stage).start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1).lostConnectionRetries(2))) {

            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org", "bob@example.org"));

            assertThat(ReportText.of(report))
                    .containsExactly(
                            "ann@example.org deferred at " + stage + ": the relay closed the connection",
                            "bob@example.org deferred at " + stage + ": the relay closed the connection");
            assertThat(relay.connections()).isEqualTo(sessions);
            assertThat(relay.messages()).isEmpty();
        }
    }

    @Test
    void aLargeMessageWhoseConnectionAlwaysBreaksInTheMiddleIsDeferred() throws Exception {
        try (var relay = way.relay().disconnectAt("mid-data").start();
                var engine = Engine.open(SmtpSettings.plain(relay).lostConnectionRetries(1))) {

            TransactionReport report = engine.send(large("order-1"));

            assertThat(ReportText.of(report))
                    .singleElement()
                    .asString()
                    .startsWith("ann@example.org deferred at CONTENT");
            assertThat(relay.connections()).isEqualTo(2);
            assertThat(relay.messages()).isEmpty();
        }
    }

    @Test
    void aMessageWhoseConnectionBreaksAfterItsEndIsUnknownAtOnce() throws Exception {
        try (var relay = way.relay().disconnectOnceAt("end-of-data").start();
                var engine = Engine.open(SmtpSettings.plain(relay).lostConnectionRetries(100))) {
            relay.replyTo("RCPT TO:<nobody@example.org>", "550 5.1.1 no such user");

            TransactionReport report =
                    engine.send(Letter.to("order-1", "ann@example.org", "nobody@example.org", "carol@example.org"));

            assertThat(ReportText.of(report))
                    .containsExactly(
                            "ann@example.org unknown at FINAL_DOT: the relay closed the connection",
                            "nobody@example.org failed at RCPT: 550 5.1.1 no such user",
                            "carol@example.org unknown at FINAL_DOT: the relay closed the connection");
            assertThat(relay.transcript().stream().filter(line -> line.startsWith("C: MAIL")))
                    .as("transactions")
                    .hasSize(1);
            assertThat(engine.line().stop()).isEmpty();
            assertThat(engine.send(Letter.to("order-2", "ann@example.org")).complete())
                    .isTrue();
        }
    }

    @Test
    void aMessageThatIsUnknownMayHaveArrived() throws Exception {
        try (var relay = way.relay().start();
                var front = new CutAfterDot(relay.port(), 1);
                var engine = Engine.open(SmtpSettings.plain(relay).port(front.port()))) {

            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org"));

            assertThat(ReportText.of(report))
                    .singleElement()
                    .asString()
                    .startsWith("ann@example.org unknown at FINAL_DOT");
            assertThat(relay.awaitMessages(1)).hasSize(1);
        }
    }

    @Test
    void eachAttemptHasItsOwnOutcome() throws Exception {
        try (var relay = way.relay().disconnectOnceAt("end-of-data").start();
                var engine = Engine.open(SmtpSettings.plain(relay).lostConnectionRetries(0))) {
            engine.send(Letter.to("order-1", "ann@example.org"));
            relay.replyTo("MAIL", "451 4.3.0 try later");

            TransactionReport second = engine.send(Letter.to("order-1", "ann@example.org"));

            assertThat(ReportText.of(second)).containsExactly("ann@example.org deferred at MAIL: 451 4.3.0 try later");
        }
    }

    @Test
    void theRelaysWordAfterALossCounts() throws Exception {
        try (var relay = way.relay()
                        .disconnectOnceAt(way.inOneFlight() ? "connect" : "DATA")
                        .replyTo("end-of-data", "554 5.6.0 content refused")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org"));

            assertThat(ReportText.of(report))
                    .containsExactly("ann@example.org failed at FINAL_DOT: 554 5.6.0 content refused");
        }
    }

    @Test
    void somethingThatIsNoReplyIsALossToo() throws Exception {
        try (var relay =
                        way.relay().replyTo(way.contentCommand(), "hello there").start();
                var engine = Engine.open(SmtpSettings.plain(relay).lostConnectionRetries(0))) {

            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org"));

            assertThat(ReportText.of(report))
                    .containsExactly("ann@example.org "
                            + (way.inOneFlight() ? "unknown at FINAL_DOT" : "deferred at DATA")
                            + ": the relay did not speak SMTP: hello there");
        }
    }

    @Test
    void aRelayThatCrashesBetweenTwoMessagesIsWaitedFor() throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            engine.send(Letter.to("order-1", "ann@example.org"));

            relay.stopListening();
            relay.disconnectAll();
            // In the very moment it could be unknown.
            await().until(() -> relay.openConnections() == 0);
            var report = engine.sendLater(Letter.to("order-2", "ann@example.org"));
            engine.awaitStop("refuses connections");
            relay.resumeListening();

            assertThat(Engine.get(report).complete()).isTrue();
            assertThat(relay.messages()).hasSize(2);
            assertThat(engine.line().stop()).isEmpty();
        }
    }

    private static Letter large(String id) {
        byte[] line = ("x".repeat(70) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return Letter.of(id, out -> {
            for (int written = 0; written < LARGE; written += line.length) {
                out.write(line);
            }
        });
    }
}
