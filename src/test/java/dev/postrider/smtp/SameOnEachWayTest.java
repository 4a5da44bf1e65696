package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.submission.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the relay refuses: what becomes of each recipient does not depend on the way the transaction goes. */
class SameOnEachWayTest {

    private static final List<String> REFUSALS = List.of(
            "450 4.2.1 mailbox busy",
            "451 4.3.0 local error",
            "452 4.3.1 out of space",
            "550 5.1.1 no such user",
            "552 5.2.2 mailbox full",
            "553-5.1.3 not\n553 5.1.3 here");

    @ParameterizedTest(name = "seed {0}")
    @MethodSource
    void randomRefusalsGiveTheSameDispositions(int seed) throws Exception {
        Map<Way, List<String>> reports = new LinkedHashMap<>();
        for (Way way : Way.values()) {
            reports.put(way, reports(way, new Random(seed)));
        }

        assertThat(reports.get(Way.PIPELINED)).isEqualTo(reports.get(Way.ONE_BY_ONE));
        assertThat(reports.get(Way.IN_ONE_FLIGHT)).isEqualTo(reports.get(Way.ONE_BY_ONE));
    }

    static IntStream randomRefusalsGiveTheSameDispositions() {
        return IntStream.range(0, 12);
    }

    /** Of a few messages over one session, so that a reply attributed wrongly shows in the next message at the latest. */
    private static List<String> reports(Way way, Random random) throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(SmtpSettings.plain(relay).poolSize(1))) {
            List<String> reports = new ArrayList<>();
            int relayed = 0;
            for (int message = 0; message < 6; message++) {
                relay.clearReplies();
                List<String> recipients = recipients(random);
                double rate = random.nextInt(4) / 3.0;
                recipients.forEach(recipient -> maybe(random, rate, relay, "RCPT TO:<" + recipient + ">"));
                maybe(random, 0.2, relay, "MAIL");
                maybe(random, 0.2, relay, "end-of-data");
                String text = "x".repeat(random.nextInt(3) * 200_000 / 72);
                TransactionReport report = engine.send(letter("order-" + message, recipients, text));
                assertThat(report.recipients()).hasSameSizeAs(recipients);
                relayed += report.relayed().isEmpty() ? 0 : 1;
                reports.addAll(ReportText.of(report));
            }
            assertThat(relay.messages()).hasSize(relayed);
            assertThat(relay.connections()).as("never out of step").isEqualTo(1);
            return reports;
        }
    }

    private static List<String> recipients(Random random) {
        int count = random.nextInt(5) == 0 ? 150 + random.nextInt(100) : 1 + random.nextInt(5);
        return IntStream.range(0, count)
                .mapToObj(i -> "reader-" + i + "@example.org")
                .toList();
    }

    private static void maybe(Random random, double rate, ScriptedRelay relay, String command) {
        String refusal = REFUSALS.get(random.nextInt(REFUSALS.size()));
        if (random.nextDouble() < rate) {
            relay.replyTo(command, refusal);
        }
    }

    private static Letter letter(String id, List<String> recipients, String lines) {
        byte[] line = ("." + "y".repeat(70) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        StringBuilder text = new StringBuilder("Subject: " + id + "\r\n\r\n");
        lines.chars().forEach(c -> text.append(new String(line, StandardCharsets.US_ASCII)));
        return Letter.of(new Envelope("shop@example.com", recipients), id, text.toString());
    }
}
