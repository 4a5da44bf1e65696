package dev.postrider.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.message.MessageComposer;
import dev.postrider.message.RawComposer;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.AttachmentsRoot;
import dev.postrider.submission.Origin;
import dev.postrider.submission.RawSubmission;
import dev.postrider.submission.RequestLimits;
import dev.postrider.submission.SendRequest;
import dev.postrider.submission.Submission;
import dev.postrider.submission.SubmissionReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Addresses that only UTF-8 can write (RFC 6531), with relays that take them and with relays that do not. */
@ParameterizedClass
@EnumSource(Way.class)
class InternationalMailTest {

    private static final String AYSE = "ayşe.ünal@örnek.example";
    private static final String AYSE_ON_THE_LINE = "ayşe.ünal@xn--rnek-4qa.example";
    private static final String TRUCK = "\uD83D\uDE9A\uD83D\uDC90@example.org";

    private static final SubmissionReader READER =
            new SubmissionReader(RequestLimits.defaults(), AttachmentsRoot.none());

    @Parameter
    private Way way;

    @Test
    void aRelayThatTakesUtf8IsToldThatItComes() throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            TransactionReport report = engine.send(request(
                    "shop@example.com",
                    List.of(
                            "ada@example.org",
                            AYSE,
                            "葉子@例え.example",
                            "مرسل@مثال.example",
                            "उपयोगकर्ता@उदाहरण.example",
                            TRUCK)));

            assertThat(report.complete()).isTrue();
            assertThat(relay.transcript(1))
                    .filteredOn(line -> line.startsWith("C: MAIL") || line.startsWith("C: RCPT"))
                    .satisfies(lines -> assertThat(lines.get(0))
                            .matches("C: MAIL FROM:<shop@example\\.com> SIZE=\\d+ BODY=8BITMIME SMTPUTF8"))
                    .contains(
                            "C: RCPT TO:<ada@example.org>",
                            "C: RCPT TO:<" + AYSE_ON_THE_LINE + ">",
                            "C: RCPT TO:<葉子@xn--r8jz45g.example>",
                            "C: RCPT TO:<مرسل@xn--mgbh0fb.example>",
                            "C: RCPT TO:<" + TRUCK + ">");
            assertThat(decoded(relay)).contains("To: ada@example.org, " + AYSE_ON_THE_LINE, TRUCK, "Teşekkürler");
        }
    }

    @Test
    void aRelayThatDoesNotTakeItGetsTheMessageInAsciiForTheOthers() throws Exception {
        try (var relay = way.relay().without("SMTPUTF8").start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            TransactionReport report =
                    engine.send(request("shop@example.com", List.of(AYSE, "ada@example.org", TRUCK)));

            assertThat(ReportText.of(report))
                    .containsExactly(
                            AYSE_ON_THE_LINE
                                    + " failed at RCPT: 553 5.6.7 not sent: the address is not ASCII, and the relay offers"
                                    + " no SMTPUTF8",
                            "ada@example.org relayed at FINAL_DOT: 250 2.0.0 queued",
                            TRUCK
                                    + " failed at RCPT: 553 5.6.7 not sent: the address is not ASCII, and the relay offers"
                                    + " no SMTPUTF8");
            assertThat(relay.messages()).singleElement().satisfies(message -> {
                assertThat(message.recipients()).containsExactly("ada@example.org");
                assertThat(message.text().chars()).allMatch(c -> c < 0x80);
                assertThat(message.text()).contains(" :;,\r\n ada@example.org, =?UTF-8?");
            });
            assertThat(relay.transcript()).noneMatch(line -> line.contains("SMTPUTF8"));
        }
    }

    @Test
    void withoutEightBitsThereIsNoUtf8() throws Exception {
        try (var relay = way.relay().without("8BITMIME").start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            TransactionReport report = engine.send(request("shop@example.com", List.of(AYSE, "ada@example.org")));

            assertThat(report.relayed()).extracting(RecipientReport::recipient).containsExactly("ada@example.org");
            assertThat(relay.transcript()).noneMatch(line -> line.startsWith("C: MAIL") && line.contains("SMTPUTF8"));
        }
    }

    @Test
    void aReversePathInUtf8IsRefusedForEverybodyWhereItCannotBeSaid() throws Exception {
        Outgoing letter = request(AYSE, List.of("ada@example.org"));
        try (var relay = way.relay().without("SMTPUTF8").start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            assertThat(ReportText.of(engine.send(letter)))
                    .containsExactly(
                            "ada@example.org failed at MAIL: 553 5.6.7 not sent: the reverse-path is not ASCII,"
                                    + " and the relay offers no SMTPUTF8");
            assertThat(relay.transcript()).noneMatch(line -> line.startsWith("C: MAIL"));
        }
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            assertThat(engine.send(letter).complete()).isTrue();
            assertThat(relay.messages().get(0).reversePath()).isEqualTo(AYSE_ON_THE_LINE);
            assertThat(decoded(relay)).contains("From: " + AYSE_ON_THE_LINE);
        }
    }

    @Test
    void whoCannotBeAnsweredInAsciiDoesNotWriteInIt() throws Exception {
        Outgoing letter = composed("""
                {"from": "shop@example.com", "to": ["ada@example.org"], "replyTo": ["%s"], "text": ""}
                """.formatted(AYSE));
        try (var relay = way.relay().without("SMTPUTF8").start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            assertThat(ReportText.of(engine.send(letter)))
                    .containsExactly(
                            "ada@example.org failed at MAIL: 550 5.6.9 not sent: Reply-To is not ASCII, and the"
                                    + " relay offers no SMTPUTF8");
            assertThat(relay.transcript()).noneMatch(line -> line.startsWith("C: MAIL"));
        }
    }

    @Test
    void aHiddenRecipientChangesTheEnvelopeOnly() throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            engine.send(composed("""
                    {"from": "shop@example.com", "to": ["ada@example.org"], "bcc": ["%s"], "text": "Teşekkürler"}
                    """.formatted(AYSE)));

            assertThat(relay.transcript()).anyMatch(line -> line.endsWith(" BODY=8BITMIME SMTPUTF8"));
            assertThat(relay.messages().get(0).text().chars()).allMatch(c -> c < 0x80);
        }
    }

    @Test
    void mailThatDoesNotNeedItIsTheSameForBothKindsOfRelay() throws Exception {
        String request = """
                {"id": "x", "from": "Çiçek <info@bücher.example>", "to": ["Ünal <unal@örnek.example>"], "subject": "ığ",
                 "text": "Teşekkürler"}
                """;
        for (String missing : List.of("NOTHING", "SMTPUTF8")) {
            try (var relay = way.relay().without(missing).start();
                    var engine = Engine.open(SmtpSettings.plain(relay))) {

                engine.send(composed(request));

                assertThat(relay.transcript())
                        .anyMatch(line -> line.matches("C: MAIL FROM:<info@xn--bcher-kva\\.example> SIZE=\\d+"));
                assertThat(relay.messages().get(0).text().chars()).allMatch(c -> c < 0x80);
            }
        }
    }

    @Test
    void aLargeMessageIsNotCutInTheMiddleOfACharacterEither() throws Exception {
        String text = ("\uD83D\uDE9A".repeat(200) + "\\n").repeat(1000);
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            engine.send(composed(
                    "{\"from\": \"shop@example.com\", \"to\": [\"" + AYSE + "\"], \"text\": \"" + text + "\"}"));

            assertThat(relay.transcript())
                    .anyMatch(line -> line.equals("C: MAIL FROM:<shop@example.com> BODY=8BITMIME SMTPUTF8"));
            assertThat(decoded(relay)).contains("8bit", text.replace("\\n", "\r\n"));
        }
    }

    @Test
    void aRawMessageInUtf8IsRelayedAsItIsOrNotAtAll() throws Exception {
        String message = "From: Shop <shop@example.com>\r\nTo: Ayşe <" + AYSE + ">,\r\n ada@example.org\r\n"
                + "Date: Tue, 03 Feb 2026 04:05:06 +0000\r\nMessage-ID: <17@example.com>\r\nSubject: Ünal\r\n\r\nb\r\n";
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            assertThat(engine.send(raw(message)).complete()).isTrue();
            assertThat(relay.messages()).singleElement().satisfies(received -> {
                assertThat(received.bytes()).isEqualTo(message.getBytes(UTF_8));
                assertThat(received.recipients()).containsExactly(AYSE_ON_THE_LINE, "ada@example.org");
            });
        }
        try (var relay = way.relay().without("SMTPUTF8").start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            assertThat(ReportText.of(engine.send(raw(message))))
                    .hasSize(2)
                    .allMatch(
                            line -> line.endsWith(" failed at MAIL: 550 5.6.9 not sent: To is not ASCII, and the relay"
                                    + " offers no SMTPUTF8"));
            assertThat(relay.transcript()).noneMatch(line -> line.startsWith("C: MAIL"));
        }
    }

    @Test
    void aRefusalInAnyScriptIsToldAsItIs() throws Exception {
        try (var relay = way.relay()
                        .replyTo("RCPT TO:<ayşe", "550 5.1.1 <" + AYSE + ">: böyle biri yok")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {

            assertThat(ReportText.of(engine.send(request("shop@example.com", List.of(AYSE)))))
                    .containsExactly(AYSE_ON_THE_LINE + " failed at RCPT: 550 5.1.1 <" + AYSE + ">: böyle biri yok");
        }
    }

    private static String decoded(ScriptedRelay relay) throws Exception {
        return UTF_8.newDecoder()
                .decode(ByteBuffer.wrap(relay.awaitMessages(1).get(0).bytes()))
                .toString()
                .replace("\r\n ", " ");
    }

    private static Outgoing request(String from, List<String> to) throws Exception {
        return composed("""
                {"from": "%s", "to": ["%s"], "subject": "Teşekkürler", "text": "Teşekkürler \uD83D\uDC90"}
                """.formatted(from, String.join("\", \"", to)));
    }

    private static Outgoing composed(String request) throws Exception {
        Arrival arrival = arrival("order.json", request);
        return new MessageComposer(Clock.systemUTC(), Optional.empty(), Optional.empty())
                .compose((SendRequest) read(arrival), arrival);
    }

    private static Outgoing raw(String message) throws Exception {
        Arrival arrival = arrival("order.eml", message);
        return new RawComposer(Clock.systemUTC()).compose((RawSubmission) read(arrival), arrival);
    }

    private static Submission read(Arrival arrival) throws Exception {
        return READER.read(arrival);
    }

    private static Arrival arrival(String name, String content) {
        return new Arrival(new Origin.InboxFile(Path.of(name), name), content.getBytes(UTF_8), () -> {});
    }
}
