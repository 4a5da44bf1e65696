package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.fixture.TestAuthority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The relay falls silent: every wait has an end, and the end says what it was. */
@ParameterizedClass
@EnumSource(Way.class)
class HangingRelayTest {

    @Parameter
    private Way way;

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "at {0}")
    @CsvSource({
        // After the end of the message there is no second try: the relay may have it.
        "MAIL,        MAIL,      deferred, no reply to MAIL in time,        2",
        "RCPT,        RCPT,      deferred, no reply to RCPT in time,        2",
        "DATA,        DATA,      deferred, no reply to DATA in time,        2",
        "end-of-data, FINAL_DOT, unknown,  no reply to the content in time, 1"
    })
    void aReplyThatNeverComesIsWaitedForNoLongerThanTheReadTimeout(
            String point, String stage, String disposition, String reason, int tries) throws Exception {
        assumeFalse(way.inOneFlight());
        try (var relay = way.relay().hangAt(point).start();
                var engine =
                        Engine.open(SmtpSettings.plain(relay).readTimeout(SHORT).lostConnectionRetries(1))) {

            TransactionReport report = Engine.get(engine.sendLater(Letter.to("order-1", "ann@example.org")));

            assertThat(ReportText.of(report))
                    .containsExactly("ann@example.org " + disposition + " at " + stage + ": " + reason);
            assertThat(relay.connections()).as("tries").isEqualTo(tries);
            assertThat(relay.messages()).isEmpty();
        }
    }

    /** It may go on later, with all that it was sent. */
    @ParameterizedTest(name = "at {0}")
    @CsvSource({"MAIL, MAIL", "RCPT, RCPT", "BDAT, the content", "end-of-data, the content"})
    void aMessageSentInOneFlightIsUnknownWhereverTheRelayFallsSilent(String point, String asked) throws Exception {
        assumeTrue(way.inOneFlight());
        try (var relay = way.relay().hangAt(point).start();
                var engine =
                        Engine.open(SmtpSettings.plain(relay).readTimeout(SHORT).lostConnectionRetries(1))) {

            TransactionReport report = Engine.get(engine.sendLater(Letter.to("order-1", "ann@example.org")));

            assertThat(ReportText.of(report))
                    .containsExactly("ann@example.org unknown at FINAL_DOT: no reply to " + asked + " in time");
            assertThat(relay.connections()).as("tries").isEqualTo(1);
        }
    }

    @Test
    void aRelayThatHangsOnceIsLeftForAnotherSession() throws Exception {
        assumeFalse(way.inOneFlight());
        try (var relay = way.relay().hangOnceAt("DATA").start();
                var engine = Engine.open(SmtpSettings.plain(relay).readTimeout(SHORT))) {

            TransactionReport report = Engine.get(engine.sendLater(Letter.to("order-1", "ann@example.org")));

            assertThat(report.complete()).isTrue();
            assertThat(relay.messages()).extracting(ReceivedMessage::session).containsExactly(2);
        }
    }

    @ParameterizedTest(name = "over TLS: {0}")
    @CsvSource({"false", "true"})
    void aRelayThatStopsReadingALargeMessageIsLeftAfterTheWriteTimeout(boolean tls) throws Exception {
        TestAuthority authority = TestAuthority.create();
        try (var relay = (tls ? way.offeredBy(ScriptedRelay.startTls(authority.issue("localhost"))) : way.relay())
                        .hangAt("mid-data")
                        .start();
                var engine = Engine.open(SmtpSettings.startTls(relay, authority.writePem(folder.resolve("ca.pem")))
                        .tls(tls ? Tls.STARTTLS : Tls.NONE)
                        .readTimeout(way.inOneFlight() ? SHORT : LONG)
                        .transactionDeadline(LONG)
                        .writeTimeout(SHORT)
                        .lostConnectionRetries(0))) {

            TransactionReport report = Engine.get(engine.sendLater(endless()));

            assertThat(ReportText.of(report))
                    .singleElement()
                    .asString()
                    .startsWith("ann@example.org deferred at CONTENT: "
                            // A few chunks fit the buffers in between; then it is a reply that does not come.
                            + (way.inOneFlight() ? "no reply to the content in time" : "the relay read nothing for"));
            assertThat(relay.messages()).isEmpty();
        }
    }

    @Test
    void aRelayThatAnswersEachCommandInTimeAndNeverComesToAnEndIsLeftAtTheDeadline() throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay)
                        .readTimeout(LONG)
                        .transactionDeadline(Duration.ofMillis(500))
                        .lostConnectionRetries(0))) {
            relay.replyDelay(Duration.ofMillis(150));
            String[] many = new String[50];
            for (int i = 0; i < many.length; i++) {
                many[i] = "reader-" + i + "@example.org";
            }

            TransactionReport report = Engine.get(engine.sendLater(Letter.to("order-1", many)));

            assertThat(ReportText.of(report))
                    .hasSize(50)
                    .first()
                    .isEqualTo("reader-0@example.org "
                            + (way.inOneFlight() ? "unknown at FINAL_DOT" : "deferred at RCPT")
                            + ": the deadline has passed");
            assertThat(relay.messages()).isEmpty();
        }
    }

    @Test
    void theTimeoutsAreThoseOfATransactionAndDoNotEndAnIdleSession() throws Exception {
        try (var relay = way.relay().start();
                var engine =
                        Engine.open(SmtpSettings.plain(relay).readTimeout(SHORT).transactionDeadline(SHORT))) {
            engine.send(Letter.to("order-1", "ann@example.org"));

            long since = System.nanoTime();
            org.awaitility.Awaitility.await()
                    .until(() ->
                            System.nanoTime() - since > SHORT.multipliedBy(3).toNanos());
            engine.send(Letter.to("order-2", "ann@example.org"));

            assertThat(relay.messages()).hasSize(2);
            assertThat(relay.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "at {0}")
    @CsvSource({
        "connect,   did not greet, postrider.smtp.tls=implicit",
        "EHLO,      fell silent after EHLO, its log",
        "STARTTLS,  fell silent after STARTTLS, its log",
        "handshake, fell silent after STARTTLS, its log",
        "AUTH,      fell silent after AUTH, its log"
    })
    void aSessionThatDoesNotOpenInTimeStopsTheLine(String point, String what, String advice) throws Exception {
        TestAuthority authority = TestAuthority.create();
        try (var relay = way.offeredBy(ScriptedRelay.startTls(authority.issue("localhost")))
                        .auth("orders", "secret")
                        .hangAt(point)
                        .start();
                var engine = Engine.start(SmtpSettings.startTls(relay, authority.writePem(folder.resolve("ca.pem")))
                        .login("orders", "secret")
                        .openTimeout(SHORT))) {
            var report = engine.sendLater(Letter.to("order-1", "ann@example.org"));

            engine.awaitStop("localhost:" + relay.port(), what, advice);

            relay.clearReplies();
            assertThat(Engine.get(report).complete()).isTrue();
            assertThat(relay.messages()).hasSize(1);
        }
    }

    /** Repeats itself until the connection is gone. */
    private static Letter endless() {
        byte[] line = ("x".repeat(70) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return Letter.of("order-1", out -> {
            while (true) {
                out.write(line);
            }
        });
    }
}
