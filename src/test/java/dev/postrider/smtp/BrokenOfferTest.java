package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.submission.Envelope;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A relay that offers PIPELINING or CHUNKING and breaks it loses no mail, and no message switches anything off. */
class BrokenOfferTest {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    @ParameterizedTest(name = "{0}: {2} to {1}")
    @CsvSource({
        "PIPELINED,     RCPT, 503 5.5.1 MAIL first",
        "PIPELINED,     DATA, 503 5.5.0 Improper use of SMTP command pipelining",
        "PIPELINED,     RCPT, 550 5.1.1 <pipelining@example.org> no such user",
        "PIPELINED,     RCPT, 421 4.7.0 too many errors",
        "IN_ONE_FLIGHT, RCPT, 503 5.5.1 MAIL first",
        "IN_ONE_FLIGHT, MAIL, 554 SMTP synchronization error",
        "IN_ONE_FLIGHT, RCPT, 421 4.7.0 too many errors",
        "IN_ONE_FLIGHT, BDAT, 503 5.5.0 Improper use of SMTP command pipelining",
        "IN_ONE_FLIGHT, BDAT, 500 5.5.2 not recognized",
        "IN_ONE_FLIGHT, BDAT, 502 5.5.1 not implemented"
    })
    void noReplyToAMessageSwitchesAnythingOff(Way way, String command, String reply) throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay).probeDelay(AT_ONCE, AT_ONCE))) {
            for (String id : List.of("order-1", "order-2", "order-3", "order-4")) {
                relay.replyOnce(command, reply);
                TransactionReport report = engine.send(Letter.to(id, "pipelining@example.org"));
                assertThat(report.notRelayed())
                        .singleElement()
                        .satisfies(r -> assertThat(r.reply().toString()).as(id).isEqualTo(reply));
            }

            for (String id : List.of("order-5", "order-6", "order-7")) {
                assertThat(engine.send(Letter.to(id, "ann@example.org")).complete())
                        .isTrue();
            }
            int before = relay.flights();
            engine.send(Letter.to("order-8", "ann@example.org"));
            assertThat(relay.flights() - before).isEqualTo(way.inOneFlight() ? 1 : 2);
        }
    }

    @Test
    void lostSessionsDoNotSwitchAnythingOff() throws Exception {
        try (var relay = Way.PIPELINED.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            // Each goes out one by one after the loss.
            for (String id : List.of("order-1", "order-2", "order-3", "order-4")) {
                relay.disconnectOnceAt("RCPT");
                assertThat(engine.send(Letter.to(id, "ann@example.org")).complete())
                        .isTrue();
            }

            int before = relay.flights();
            engine.send(Letter.to("order-5", "ann@example.org"));

            assertThat(relay.flights() - before).isEqualTo(2);
            assertThat(relay.messages()).hasSize(5);
        }
    }

    @ParameterizedTest
    @CsvSource({"PIPELINING, 4", "CHUNKING, 2"})
    void whatTheSettingsDiscardIsNotUsed(String keyword, int flights) throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine =
                        Engine.open(SmtpSettings.plain(relay).discardEhloKeywords(keyword.toLowerCase(Locale.ROOT)))) {
            int before = relay.flights();

            engine.send(Letter.to("order-1", "ann@example.org", "bob@example.org"));

            assertThat(relay.flights() - before).isEqualTo(flights);
            assertThat(relay.messages()).hasSize(1);
        }
    }

    @Test
    @SuppressWarnings("StringConcatToTextBlock") // Lines end with CRLF.
    void aBodyIsNeverTakenForCommands() throws Exception {
        String body = "Subject: hello\r\n\r\nMAIL FROM:<evil@example.net>\r\nRCPT TO:<victim@example.net>\r\nDATA\r\n"
                + "bought cheaply\r\n.\r\n";
        try (var relay = ScriptedRelay.plain().spillRefusedChunks().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            relay.replyOnce("MAIL", "550 5.7.1 not you");
            engine.send(Letter.of(new Envelope("shop@example.com", List.of("ann@example.org")), "order-1", body));
            TransactionReport next = engine.send(Letter.to("order-2", "ann@example.org"));

            assertThat(next.complete()).isTrue();
            assertThat(relay.messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.recipients()).containsExactly("ann@example.org"));
            assertThat(relay.connections()).as("no session was out of step").isEqualTo(1);
            assertThat(relay.transcript())
                    .filteredOn(line -> line.startsWith("C: BDAT"))
                    .containsExactly("C: BDAT 8 LAST");
        }
    }

    @ParameterizedTest
    @CsvSource({"500 5.5.2 not recognized", "502 5.5.1 not implemented"})
    void aRelayThatDoesNotKnowTheChunksItOfferedGetsData(String reply) throws Exception {
        try (var relay = ScriptedRelay.plain().replyTo("stray BDAT", reply).start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            int before = relay.flights();
            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org"));

            assertThat(report.complete()).isTrue();
            assertThat(relay.flights() - before).as("together, still").isEqualTo(2);
            assertThat(relay.messages()).hasSize(1);
        }
    }

    @Test
    void aRelayThatHangsUpOnAChunkOutOfPlaceGetsData() throws Exception {
        try (var relay = ScriptedRelay.plain().disconnectAt("stray BDAT").start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org"));

            assertThat(report.complete()).isTrue();
            assertThat(relay.connections()).isEqualTo(3);
            assertThat(relay.messages()).hasSize(1);
        }
    }

    @Test
    void aRelayThatHungUpOnceAmongTheFirstRepliesIsStillTrustedWithChunks() throws Exception {
        try (var relay = ScriptedRelay.plain().disconnectOnceAt("stray BDAT").start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            int before = relay.flights();
            engine.send(Letter.to("order-1", "ann@example.org"));

            assertThat(relay.flights() - before).isEqualTo(1);
            assertThat(relay.connections()).isEqualTo(2);
        }
    }

    @Test
    void afterAnHourTheRelayIsTriedWithChunksAgain() {
        AtomicLong now = new AtomicLong();
        Trust trust = new Trust(now::get);
        assertThat(trust.mayTryChunking()).isTrue();

        trust.chunkingBroken("it took a refused chunk for a command");
        now.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(trust.mayTryChunking()).isFalse();
        now.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(trust.mayTryChunking()).isTrue();
    }

    @Test
    void aReplyTooManyMakesAMessageSentInOneFlightUnknown() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .replyOnce("end-of-data", "250 2.0.0 queued\n250 2.0.0 queued")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org"));

            assertThat(ReportText.of(report))
                    .singleElement()
                    .asString()
                    .startsWith("ann@example.org unknown at FINAL_DOT: more replies than commands");
        }
    }

    @Test
    void aGoodbyeRightBehindTheLastReplyUndoesNothing() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .replyOnce("end-of-data", "250 2.0.0 queued\n421 4.4.2 that was enough")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org"));
            TransactionReport next = engine.send(Letter.to("order-2", "ann@example.org"));

            assertThat(report.complete()).isTrue();
            assertThat(next.complete()).isTrue();
            assertThat(relay.connections()).isEqualTo(2);
        }
    }

    @Test
    void aReplyTooFewMakesAMessageSentInOneFlightUnknown() throws Exception {
        try (var relay = ScriptedRelay.plain().hangOnceAt("end-of-data").start();
                var engine = Engine.open(SmtpSettings.plain(relay).readTimeout(Duration.ofMillis(300)))) {
            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org"));

            assertThat(ReportText.of(report))
                    .containsExactly("ann@example.org unknown at FINAL_DOT: no reply to the content in time");
        }
    }

    @Test
    void aRelayThatTakesContentForNobodyIsLeftWithALoneDot() throws Exception {
        try (var relay = Way.PIPELINED
                        .relay()
                        .replyOnce("RCPT", "550 5.1.1 no such user")
                        .replyOnce("DATA", "354 go ahead, whoever it is for")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            TransactionReport refused = engine.send(Letter.to("order-1", "nobody@example.org"));
            TransactionReport next = engine.send(Letter.to("order-2", "ann@example.org"));

            assertThat(ReportText.of(refused))
                    .containsExactly("nobody@example.org failed at RCPT: 550 5.1.1 no such user");
            assertThat(next.complete()).isTrue();
            assertThat(relay.connections()).as("still in step").isEqualTo(1);
            assertThat(relay.messages()).hasSize(1);
        }
    }
}
