package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.ScriptedRelay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the relay says of one recipient is nobody else's business. */
@ParameterizedClass
@EnumSource(Way.class)
class PartialRefusalTest {

    @Parameter
    private Way way;

    @Test
    void someRefusedRecipientsDoNotStopTheOthers() throws Exception {
        try (var relay = way.relay()
                        .replyTo("RCPT TO:<nobody@example.org>", "550 5.1.1 no such user")
                        .replyTo("RCPT TO:<busy@example.org>", "450 4.2.1 mailbox busy")
                        .replyTo("RCPT TO:<last@example.org>", "552 5.5.3 too many recipients")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {

            TransactionReport report = engine.send(Letter.to(
                    "order-1",
                    "nobody@example.org",
                    "ann@example.org",
                    "busy@example.org",
                    "bob@example.org",
                    "last@example.org"));

            assertThat(ReportText.of(report))
                    .as("in the order of the envelope")
                    .containsExactly(
                            "nobody@example.org failed at RCPT: 550 5.1.1 no such user",
                            "ann@example.org relayed at FINAL_DOT: 250 2.0.0 queued",
                            "busy@example.org deferred at RCPT: 450 4.2.1 mailbox busy",
                            "bob@example.org relayed at FINAL_DOT: 250 2.0.0 queued",
                            "last@example.org deferred at RCPT: 552 5.5.3 too many recipients");
            assertThat(relay.messages())
                    .singleElement()
                    .satisfies(message ->
                            assertThat(message.recipients()).containsExactly("ann@example.org", "bob@example.org"));
            assertThat(relay.transcript(1))
                    .containsSubsequence(
                            "C: MAIL FROM:<shop@example.com> SIZE=60",
                            "S: 250 2.1.0 sender ok",
                            "C: RCPT TO:<nobody@example.org>",
                            "S: 550 5.1.1 no such user",
                            "C: RCPT TO:<ann@example.org>",
                            "S: 250 2.1.5 recipient ok",
                            "C: RCPT TO:<busy@example.org>",
                            "S: 450 4.2.1 mailbox busy",
                            "C: RCPT TO:<bob@example.org>",
                            "S: 250 2.1.5 recipient ok",
                            "C: RCPT TO:<last@example.org>",
                            "S: 552 5.5.3 too many recipients");
            assertThat(resets(relay))
                    .as("last@example.org is asked for once more, alone")
                    .isEqualTo(1);
        }
    }

    @Test
    void aTransactionWhoseRecipientsAreAllRefusedEndsWithRset() throws Exception {
        try (var relay = way.relay()
                        .replyOnce("RCPT TO", "550 5.1.1 no such user")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {

            engine.send(Letter.to("order-1", "nobody@example.org"));
            engine.send(Letter.to("order-2", "ann@example.org"));

            assertThat(relay.transcript(1))
                    .containsSubsequence(
                            "C: MAIL FROM:<shop@example.com> SIZE=60",
                            "S: 250 2.1.0 sender ok",
                            "C: RCPT TO:<nobody@example.org>",
                            "S: 550 5.1.1 no such user",
                            "C: RSET",
                            "S: 250 2.0.0 reset",
                            "C: MAIL FROM:<shop@example.com> SIZE=60",
                            "S: 250 2.1.0 sender ok",
                            "C: RCPT TO:<ann@example.org>",
                            "S: 250 2.1.5 recipient ok");
            assertThat(relay.messages()).hasSize(1);
        }
    }

    @Test
    void aRefusedRsetCostsTheSessionAndNothingElse() throws Exception {
        try (var relay = way.relay()
                        .replyOnce(way.contentCommand(), "554 5.5.1 no")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            relay.replyOnce("RSET", "502 5.5.1 not implemented");

            TransactionReport refused = engine.send(Letter.to("order-1", "ann@example.org"));
            TransactionReport next = engine.send(Letter.to("order-2", "ann@example.org"));

            assertThat(ReportText.of(refused))
                    .containsExactly("ann@example.org failed at " + way.contentStage() + ": 554 5.5.1 no");
            assertThat(next.complete()).isTrue();
            assertThat(relay.messages()).extracting(ReceivedMessage::session).containsExactly(2);
        }
    }

    @Test
    void aConnectionThatBreaksAtRsetDoesNotUndoWhatWasSaid() throws Exception {
        try (var relay = way.relay()
                        .replyOnce("RCPT TO", "550 5.1.1 no such user")
                        .disconnectOnceAt("RSET")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {

            TransactionReport report = engine.send(Letter.to("order-1", "nobody@example.org"));

            assertThat(ReportText.of(report))
                    .containsExactly("nobody@example.org failed at RCPT: 550 5.1.1 no such user");
            assertThat(relay.transcript())
                    .filteredOn(line -> line.startsWith("C: MAIL"))
                    .hasSize(1);
        }
    }

    @Test
    void aRelayThatLosesStepAtOneRecipientHasToldNothingAboutTheOthers() throws Exception {
        try (var relay = way.relay()
                        .replyTo("RCPT TO:<nobody@example.org>", "550 5.1.1 no such user")
                        .replyTo("RCPT TO:<bob@example.org>", "503 5.5.1 bad sequence of commands")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {

            TransactionReport report = engine.send(Letter.to(
                    "order-1", "nobody@example.org", "ann@example.org", "bob@example.org", "carol@example.org"));

            String lostStep = "deferred at RCPT: 503 5.5.1 bad sequence of commands";
            // The content was there already, and the relay took it for the others.
            String others = way.inOneFlight() ? "relayed at FINAL_DOT: 250 2.0.0 queued" : lostStep;
            assertThat(ReportText.of(report))
                    .containsExactly(
                            "nobody@example.org failed at RCPT: 550 5.1.1 no such user",
                            "ann@example.org " + others,
                            "bob@example.org " + lostStep,
                            "carol@example.org " + others);
            assertThat(relay.messages()).hasSize(way.inOneFlight() ? 1 : 0);
            assertThat(resets(relay)).isZero();
        }
    }

    @Test
    void whatIsRefusedAfterTheDotWasRefusedForThoseAcceptedOnly() throws Exception {
        try (var relay = way.relay()
                        .replyTo("RCPT TO:<nobody@example.org>", "550 5.1.1 no such user")
                        .replyTo("end-of-data", "451 4.3.0 try later")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org", "nobody@example.org"));

            assertThat(ReportText.of(report))
                    .containsExactly(
                            "ann@example.org deferred at FINAL_DOT: 451 4.3.0 try later",
                            "nobody@example.org failed at RCPT: 550 5.1.1 no such user");
        }
    }

    @Test
    void whatTheRelaySaysInSeveralLinesIsOneReply() throws Exception {
        try (var relay = way.relay()
                        .replyTo("RCPT TO", "550-5.7.1 Your message was refused.\n550 5.7.1 Ask postmaster why.")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            TransactionReport report = engine.send(Letter.to("order-1", "ann@example.org"));

            assertThat(ReportText.of(report))
                    .containsExactly(
                            "ann@example.org failed at RCPT: 550 5.7.1 Your message was refused. Ask postmaster why.");
        }
    }

    /** Those that ended a transaction, without the one of the opening. */
    private long resets(ScriptedRelay relay) {
        return relay.transcript().stream().filter("C: RSET"::equals).count() - (way.inOneFlight() ? 1 : 0);
    }
}
