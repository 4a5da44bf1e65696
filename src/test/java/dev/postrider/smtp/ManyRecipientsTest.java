package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.delivery.Disposition;
import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.submission.TakenOver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 5321 §4.5.3.1.10: recipients that the relay had no room for go on at once, and only they. */
class ManyRecipientsTest {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "ONE_BY_ONE,    452 4.5.3 too many recipients",
        "PIPELINED,     452 4.5.3 too many recipients",
        "IN_ONE_FLIGHT, 452 4.5.3 too many recipients",
        "IN_ONE_FLIGHT, 550 5.5.3 too many recipients",
        "IN_ONE_FLIGHT, 552 5.5.3 too many recipients",
        "IN_ONE_FLIGHT, 452 too many recipients",
        "IN_ONE_FLIGHT, 552 too many recipients"
    })
    void allRecipientsGetTheMessageInOneAttempt(Way way, String reply) throws Exception {
        String[] recipients = recipients("reader", 30);
        try (var relay = way.relay().mostRecipients(5, reply).start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            TransactionReport report = engine.send(Letter.to("order-1", recipients));

            assertThat(report.complete()).isTrue();
            assertThat(report.recipients())
                    .extracting(RecipientReport::recipient)
                    .containsExactly(recipients);
            assertThat(relay.messages()).hasSize(6);
            assertThat(addressees(relay)).as("each once").containsExactly(recipients);
            assertThat(relay.connections()).isEqualTo(1);
        }
    }

    @Test
    void aThousandRecipientsGetTheMessageFromARelayThatTakesAHundred() throws Exception {
        String[] recipients = recipients("reader", 1000);
        try (var relay = ScriptedRelay.plain()
                        .mostRecipients(100, "452 4.5.3 too many recipients")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            TransactionReport report = engine.send(Letter.to("order-1", recipients));

            assertThat(report.complete()).isTrue();
            assertThat(relay.messages()).hasSize(10);
            assertThat(addressees(relay)).containsExactly(recipients);
        }
    }

    @Test
    void aLimitOnceSeenIsKeptTo() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .mostRecipients(5, "452 4.5.3 too many recipients")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            engine.send(Letter.to("order-1", recipients("reader", 7)));
            long refused = refusals(relay);

            TransactionReport report = engine.send(Letter.to("order-2", recipients("reader", 12)));

            assertThat(report.complete()).isTrue();
            assertThat(refusals(relay)).isEqualTo(refused);
            assertThat(relay.messages())
                    .extracting(message -> message.recipients().size())
                    .containsExactly(5, 2, 5, 5, 2);
        }
    }

    @Test
    void aLimitIsForgottenAfterAWhile() {
        AtomicLong now = new AtomicLong();
        Trust trust = new Trust(now::get);
        List<RecipientReport> recipients = List.of(
                new RecipientReport("a@example.org", Stage.FINAL_DOT, Reply.parse("250 2.0.0 queued")),
                new RecipientReport("b@example.org", Stage.RCPT, Reply.parse("452 4.5.3 too many")));

        trust.learnFrom(new TransactionReport(1, recipients));
        assertThat(trust.mostRecipients()).isEqualTo(1);
        now.addAndGet(Duration.ofMinutes(11).toNanos());

        assertThat(trust.mostRecipients()).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource
    void goodRecipientsAmongManyUnknownOnesGetTheMessageAndEachUnknownOneItsOwnReply(Way way) throws Exception {
        List<String> recipients = mixed();
        try (var relay = way.relay()
                        .mostErrors(20)
                        .replyTo("RCPT TO:<nobody", "550 5.1.1 no such user")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1).probeDelay(AT_ONCE, AT_ONCE))) {
            for (String each : recipients) {
                if (each.startsWith("nobody")) {
                    relay.replyTo("RCPT TO:<" + each, "550 5.1.1 no such user as " + each);
                }
            }

            TransactionReport report = engine.send(Letter.to("order-1", recipients.toArray(String[]::new)));

            assertThat(report.recipients())
                    .extracting(RecipientReport::recipient)
                    .containsExactlyElementsOf(recipients);
            assertThat(report.recipients()).allSatisfy(recipient -> {
                if (recipient.recipient().startsWith("nobody")) {
                    assertThat(Disposition.of(recipient)).isEqualTo(Disposition.FAILED);
                    assertThat(recipient.reply().text()).isEqualTo("no such user as " + recipient.recipient());
                } else {
                    assertThat(recipient.relayed()).as(recipient.recipient()).isTrue();
                }
            });
            assertThat(addressees(relay)).hasSize(10).doesNotHaveDuplicates();
            assertThat(engine.line().stop()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRecipientWhoIsToldToComeBackLaterIsNotAskedForAgainAtOnce(Way way) throws Exception {
        try (var relay = way.relay()
                        .replyTo("RCPT TO:<busy@example.org>", "451 4.7.1 greylisted, come back later")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            relay.mostRecipients(2, "452 4.5.3 too many recipients");

            TransactionReport report = engine.send(Letter.to(
                    "order-1", "busy@example.org", "ann@example.org", "bob@example.org", "carol@example.org"));

            assertThat(ReportText.of(report))
                    .containsExactly(
                            "busy@example.org deferred at RCPT: 451 4.7.1 greylisted, come back later",
                            "ann@example.org relayed at FINAL_DOT: 250 2.0.0 queued",
                            "bob@example.org relayed at FINAL_DOT: 250 2.0.0 queued",
                            "carol@example.org relayed at FINAL_DOT: 250 2.0.0 queued");
            assertThat(relay.transcript())
                    .filteredOn(line -> line.contains("<busy@"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenNobodyGetsAWordOfTheirOwnTheRestIsDeferred(Way way) throws Exception {
        try (var relay = way.relay()
                        .mostRecipients(0, "452 4.5.3 too many recipients")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            TransactionReport report = engine.send(Letter.to("order-1", recipients("reader", 3)));

            assertThat(ReportText.of(report))
                    .allMatch(word -> word.endsWith(" deferred at RCPT: 452 4.5.3 too many recipients"));
            assertThat(relay.transcript())
                    .filteredOn(line -> line.startsWith("C: MAIL"))
                    .hasSize(1);
        }
    }

    @Test
    void whatIsSaidOfTheMessageEndsTheAttempt() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .mostRecipients(2, "452 4.5.3 too many recipients")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            engine.send(Letter.to("order-1", recipients("reader", 3)));
            int before = relay.messages().size();
            relay.replyTo("MAIL", "451 4.3.0 local error");

            TransactionReport report = engine.send(Letter.to("order-2", recipients("reader", 6)));

            assertThat(ReportText.of(report))
                    .hasSize(6)
                    .allMatch(word -> word.endsWith(" deferred at MAIL: 451 4.3.0 local error"));
            assertThat(relay.transcript())
                    .filteredOn("C: MAIL FROM:<shop@example.com> SIZE=60"::equals)
                    .hasSize(3);
            assertThat(relay.messages()).hasSize(before);
        }
    }

    @Test
    void whatWasRelayedIsNotForgottenWhenAnotherInstanceTakesOverInTheMiddle() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        try (var relay = ScriptedRelay.plain()
                        .mostRecipients(2, "452 4.5.3 too many recipients")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            TransactionReport report =
                    engine.send(Letter.to("order-1", recipients("reader", 6)).beginning(() -> {
                        if (begun.incrementAndGet() == 3) {
                            throw new TakenOver();
                        }
                    }));

            assertThat(report.relayed()).hasSize(4);
            assertThat(report.notRelayed()).allMatch(RecipientReport::leftOver);
            assertThat(relay.messages()).hasSize(2);
        }
    }

    private static String[] recipients(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> name + "-" + i + "@example.org")
                .toArray(String[]::new);
    }

    /** 70 unknown and 10 good ones, mixed. */
    private static List<String> mixed() {
        List<String> recipients = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            recipients.add((i % 8 == 7 ? "good-" : "nobody-") + i + "@example.org");
        }
        return recipients;
    }

    private static List<String> addressees(ScriptedRelay relay) {
        return relay.messages().stream()
                .map(ReceivedMessage::recipients)
                .flatMap(List::stream)
                .toList();
    }

    private static long refusals(ScriptedRelay relay) {
        return relay.transcript().stream()
                .filter(line -> line.startsWith("S: 452"))
                .count();
    }
}
