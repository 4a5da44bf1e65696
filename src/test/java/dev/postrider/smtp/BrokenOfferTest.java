package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.ScriptedRelay;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A relay that offers PIPELINING or CHUNKING and breaks it is found out, and gets its mail nevertheless, once. */
class BrokenOfferTest {

    @ParameterizedTest(name = "{0}: {2} to {1}")
    @CsvSource({
        "PIPELINED,     RCPT, 503 5.5.1 MAIL first",
        "PIPELINED,     DATA, 503 5.5.0 Improper use of SMTP command pipelining",
        "PIPELINED,     MAIL, 554 SMTP synchronization error",
        "IN_ONE_FLIGHT, RCPT, 503 5.5.1 MAIL first",
        "IN_ONE_FLIGHT, MAIL, 554 SMTP synchronization error",
        "IN_ONE_FLIGHT, BDAT, 503 5.5.0 Improper use of SMTP command pipelining"
    })
    void aRelayThatCannotCopeWithCommandsSentTogetherGetsThemOneByOne(Way way, String command, String reply)
            throws Exception {
        try (var relay = way.relay().replyOnce(command, reply).start();
                var engine = Engine.open(SmtpSettings.plain(relay).lostConnectionRetries(0))) {
            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org"));
            int before = relay.flights();
            engine.send(Letter.to("order-2", "ann@example.org"));

            assertThat(report.complete()).isTrue();
            assertThat(relay.flights() - before).isEqualTo(way.inOneFlight() ? 3 : 4);
            assertThat(relay.messages()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"500 5.5.2 not recognized", "502 5.5.1 not implemented"})
    void aRelayThatDoesNotKnowTheChunksItOfferedGetsData(String reply) throws Exception {
        try (var relay = ScriptedRelay.plain().replyTo("BDAT", reply).start();
                var engine = Engine.open(SmtpSettings.plain(relay).lostConnectionRetries(0))) {
            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org"));
            int before = relay.flights();
            engine.send(Letter.to("order-2", "ann@example.org"));

            assertThat(report.complete()).isTrue();
            assertThat(relay.flights() - before).as("together, still").isEqualTo(2);
            assertThat(relay.messages()).hasSize(2);
        }
    }

    @Test
    void aRelayThatHangsUpAmongTheRepliesTimeAndAgainGetsCommandsOneByOne() throws Exception {
        try (var relay = Way.PIPELINED.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            // Each goes out one by one after the loss.
            for (String id : List.of("order-1", "order-2", "order-3")) {
                relay.disconnectOnceAt("RCPT");
                assertThat(engine.send(Letter.to(id, "ann@example.org")).complete())
                        .isTrue();
            }

            int before = relay.flights();
            engine.send(Letter.to("order-4", "ann@example.org"));

            assertThat(relay.flights() - before).isEqualTo(4);
            assertThat(relay.messages()).hasSize(4);
        }
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
