package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.submission.Envelope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How often a message waits for the relay, and what is said ahead of the replies. */
class OneFlightTest {

    @ParameterizedTest
    @CsvSource({"ONE_BY_ONE, 5", "PIPELINED, 2", "IN_ONE_FLIGHT, 1"})
    void aSmallMessageWaitsForTheRelayNoMoreThanItMust(Way way, int flights) throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            int before = relay.flights();

            engine.send(Letter.to("order-1", "ann@example.org", "bob@example.org"));

            assertThat(relay.flights() - before).isEqualTo(flights);
            assertThat(relay.messages()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"false, true, 4", "true, false, 2", "false, false, 5"})
    void whatIsSwitchedOffIsNotUsed(boolean pipelining, boolean chunking, int flights) throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(
                        SmtpSettings.plain(relay).pipelining(pipelining).chunking(chunking))) {
            int before = relay.flights();

            engine.send(Letter.to("order-1", "ann@example.org", "bob@example.org"));

            assertThat(relay.flights() - before).isEqualTo(flights);
            assertThat(relay.messages()).hasSize(1);
        }
    }

    @Test
    void aSessionThatHasIdledIsNotTrustedWithTheContentBeforeItHasAnswered() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).probeAfter(Duration.ofSeconds(5)))) {
            long since = System.nanoTime();
            org.awaitility.Awaitility.await()
                    .until(() ->
                            System.nanoTime() - since > Duration.ofMillis(1100).toNanos());
            int before = relay.flights();

            engine.send(Letter.to("order-1", "ann@example.org"));

            assertThat(relay.flights() - before).isEqualTo(2);
            assertThat(relay.transcript()).doesNotContain("C: NOOP").contains("C: BDAT 60 LAST");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThousandRecipientsAreAskedForInAFewFlights(Way way) throws Exception {
        String[] recipients = IntStream.range(0, 1000)
                .mapToObj(i -> "reader-" + i + "@example.org")
                .toArray(String[]::new);
        try (var relay = way.relay()
                        .replyTo("RCPT TO:<reader-7", "550 5.1.1 no such user")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            int before = relay.flights();

            TransactionReport report = engine.send(Letter.to("order-1", recipients));

            assertThat(report.notRelayed())
                    .hasSize(111)
                    .allMatch(r -> r.recipient().startsWith("reader-7"));
            assertThat(relay.messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.recipients()).hasSize(889));
            assertThat(relay.flights() - before).isLessThanOrEqualTo(way == Way.ONE_BY_ONE ? 1003 : 1000 / 50 + 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void repliesAsLongAsTheyMayBeDoNotStopBothSides(Way way) throws Exception {
        String[] recipients = IntStream.range(0, 300)
                .mapToObj(i -> "reader-" + i + "@example.org")
                .toArray(String[]::new);
        try (var relay = way.relay()
                        .replyTo("RCPT", "250 2.1.5 " + "x".repeat(500))
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            TransactionReport report = Engine.get(engine.sendLater(Letter.to("order-1", recipients)));

            assertThat(report.complete()).isTrue();
        }
    }

    @Test
    void largeContentFollowsInChunksWhenSomebodyIsKnownToGetIt() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            engine.send(large(3));
            relay.replyOnce("RCPT", "550 5.1.1 no such user");
            engine.send(large(3));

            assertThat(relay.messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.bytes()).hasSize(3 * Rendering.SMALL));
            assertThat(relay.transcript(1).stream().filter(line -> line.startsWith("C: BDAT")))
                    .containsExactly("C: BDAT 8 LAST", "C: BDAT 262144", "C: BDAT 262144", "C: BDAT 262144 LAST");
            assertThat(relay.transcript(1)).endsWith("S: 550 5.1.1 no such user", "C: RSET", "S: 250 2.0.0 reset");
        }
    }

    @Test
    void aRefusedChunkEndsTheContent() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .replyOnce("BDAT", "552 5.3.4 too much")
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            TransactionReport refused = engine.send(large(40));
            TransactionReport next = engine.send(Letter.to("order-2", "ann@example.org"));

            assertThat(ReportText.of(refused)).containsExactly("ann@example.org failed at CONTENT: 552 5.3.4 too much");
            assertThat(next.complete()).isTrue();
            assertThat(relay.transcript().stream().filter(line -> line.startsWith("C: BDAT 262144")))
                    .hasSizeLessThan(10);
            assertThat(relay.messages()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSizeIsDeclaredAndWhatIsTooLargeIsNotSent(Way way) throws Exception {
        try (var relay = way.relay().extension("SIZE 1000").start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            TransactionReport fits = engine.send(letter("x".repeat(998) + "\r\n"));
            TransactionReport small = engine.send(letter("x".repeat(999) + "\r\n"));
            TransactionReport large = engine.send(large(2));

            assertThat(fits.complete()).isTrue();
            String refused = "ann@example.org failed at MAIL: 552 5.3.4 not sent: larger than the 1000 octets the relay"
                    + " takes (SIZE)";
            assertThat(ReportText.of(small)).containsExactly(refused);
            assertThat(ReportText.of(large)).containsExactly(refused);
            assertThat(relay.transcript().stream().filter(line -> line.startsWith("C: MAIL")))
                    .containsExactly("C: MAIL FROM:<shop@example.com> SIZE=1000");
        }
    }

    @ParameterizedTest
    @EnumSource
    void eightBitContentIsSaidToBeThatOrNotSent(Way way) throws Exception {
        Letter letter = letter("Subject: 8-bit\r\n\r\ngr\u00fc\u00dfe\r\n.dot\r\n");
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            assertThat(engine.send(letter).complete()).isTrue();

            assertThat(relay.transcript()).contains("C: MAIL FROM:<shop@example.com> SIZE=33 BODY=8BITMIME");
            assertThat(relay.messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.text()).contains("gr\u00fc\u00dfe\r\n.dot\r\n"));
        }
        try (var relay = way.relay().without("8BITMIME").start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            assertThat(ReportText.of(engine.send(letter)))
                    .containsExactly("ann@example.org failed at MAIL: 554 5.6.3 not sent: 8-bit content, and the relay"
                            + " offers no 8BITMIME");
            assertThat(relay.transcript()).noneMatch(line -> line.startsWith("C: MAIL"));
        }
    }

    @Test
    void whatCannotBeReadIsFoundBeforeAnythingIsSaidAndTheSessionIsKept() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            try {
                engine.send(Letter.of("order-1", out -> {
                    throw new IOException("gone");
                }));
            } catch (UnreadableContent e) {
                assertThat(e).hasMessage("gone");
            }

            engine.send(Letter.to("order-2", "ann@example.org"));

            assertThat(relay.messages()).extracting(ReceivedMessage::session).containsExactly(1);
        }
    }

    private static Letter letter(String text) {
        return Letter.of(new Envelope("shop@example.com", List.of("ann@example.org")), "order-1", text);
    }

    /** Of so many pieces exactly. */
    private static Letter large(int pieces) {
        byte[] line = ("x".repeat(62) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return Letter.of("order-1", out -> {
            for (int written = 0; written < pieces * Rendering.SMALL; written += line.length) {
                out.write(line);
            }
        });
    }
}
