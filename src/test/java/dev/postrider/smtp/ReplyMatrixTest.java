package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.delivery.Disposition;
import dev.postrider.fixture.Identity;
import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.fixture.TestAuthority;
import dev.postrider.smtp.ReplyMatrix.Case;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command × every reply × once and always: see the table in {@link ReplyMatrix}. Each case counts: nobody is without a
 * disposition, and the relay has the message for those and only those that were relayed to. Afterwards the next message goes
 * out.
 */
class ReplyMatrixTest {

    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONGER = Duration.ofMillis(5);

    @TempDir
    private static Path folder;

    private static Identity identity;
    private static Path trusted;

    @BeforeAll
    static void makeCertificates() throws Exception {
        TestAuthority authority = TestAuthority.create();
        identity = authority.issue("localhost");
        trusted = authority.writePem(folder.resolve("ca.pem"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whileASessionOpens(Case cell) throws Exception {
        try (var relay = ScriptedRelay.startTls(identity).auth("orders", "secret")) {
            script(relay, cell);
            relay.start();
            try (var engine = Engine.start(SmtpSettings.startTls(relay, trusted)
                    .login("orders", "secret")
                    .probeDelay(SHORT, LONGER))) {
                var report = engine.sendLater(letter("order-1"));
                if (cell.once()) {
                    assertThat(Engine.get(report).complete()).isTrue();
                    // RFC 4954 §6: these are about the mechanism, and there is another one.
                    boolean anotherMechanism =
                            cell.command().equals("AUTH") && cell.reply().matches("(504|534|553) .*");
                    assertThat(relay.connections())
                            .as("the one it was said to, and another")
                            .isEqualTo(anotherMechanism ? 1 : 2);
                    assertThat(relay.transcript(1).stream().anyMatch(line -> line.startsWith("C: MAIL")))
                            .isEqualTo(anotherMechanism);
                } else {
                    engine.awaitStop(cell.reply().equals(ReplyMatrix.CLOSED) ? "localhost" : cell.reply());
                    await().pollInterval(LONGER).until(() -> relay.connections() > 2);
                    assertThat(report).isNotDone();
                    assertThat(relay.transcript()).noneMatch(line -> line.startsWith("C: MAIL"));
                    relay.clearReplies();
                }
                assertCounts(Engine.get(report), relay);
                assertThat(Engine.get(report).complete()).isTrue();
            }
        }
    }

    static Stream<Case> whileASessionOpens() {
        return ReplyMatrix.cases().filter(cell -> ReplyMatrix.OPENING.contains(cell.command()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void inATransaction(Way way, Case cell) throws Exception {
        try (var relay = way.relay().start();
                var engine = Engine.open(settings(relay))) {
            AtomicInteger stops = new AtomicInteger();
            engine.line().onStop(stops::incrementAndGet);
            script(relay, cell);
            var later = engine.sendLater(letter("order-1"));
            if (cell.expected().equals("stops")) {
                await().pollInterval(LONGER).until(() -> stops.get() > (cell.once() ? 0 : 1));
                if (!cell.once()) {
                    assertThat(relay.messages()).isEmpty();
                    relay.clearReplies();
                }
            }

            TransactionReport report = Engine.get(later);

            assertThat(dispositions(report)).isEqualTo(expected(cell));
            assertCounts(report, relay);
            assertThat(stops.get() > 0).isEqualTo(cell.expected().equals("stops"));
            report.notRelayed().forEach(recipient -> {
                assertThat(recipient.stage()).isEqualTo(stage(cell));
                assertThat(recipient.reply().toString())
                        .endsWith(
                                cell.reply().equals(ReplyMatrix.CLOSED)
                                        ? "the relay closed the connection"
                                        : cell.reply());
            });
            boolean kept = nextSession(engine, relay) == 1;
            assertThat(kept)
                    .as("session kept")
                    .isEqualTo(!cell.sessionGivenUp() && !cell.expected().equals("stops"));
        }
    }

    static Stream<Arguments> inATransaction() {
        return Stream.of(Way.values()).flatMap(way -> ReplyMatrix.cases(way).map(cell -> Arguments.of(way, cell)));
    }

    /** RSET follows a transaction that came to nothing, NOOP precedes one on a session that has idled, QUIT ends it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void afterwards(Case cell) throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(settings(relay)
                        .probeAfter(cell.command().equals("NOOP") ? Duration.ZERO : Duration.ofMinutes(1))
                        .maxTransactions(cell.command().equals("QUIT") ? 1 : 100))) {
            script(relay, cell);
            if (cell.command().equals("RSET")) {
                relay.replyOnce("RCPT", "550 5.1.1 no such user").replyOnce("RCPT", "450 4.2.1 busy");
            }

            TransactionReport report = engine.send(letter("order-1"));

            assertThat(dispositions(report))
                    .isEqualTo(
                            cell.command().equals("RSET")
                                    ? List.of("failed", "deferred")
                                    : List.of("relayed", "relayed"));
            assertCounts(report, relay);
            nextSession(engine, relay);
            assertThat(relay.transcript()).anyMatch(line -> line.startsWith("C: " + cell.command()));
            assertThat(engine.line().stop()).isEmpty();
        }
    }

    static Stream<Case> afterwards() {
        return ReplyMatrix.cases().filter(cell -> ReplyMatrix.AFTERWARDS.contains(cell.command()));
    }

    private static SmtpSettings settings(ScriptedRelay relay) {
        return SmtpSettings.plain(relay).poolSize(1).probeDelay(SHORT, LONGER);
    }

    private static void script(ScriptedRelay relay, Case cell) {
        if (cell.command().equals("EHLO over TLS")) {
            // Every other EHLO: more often than anybody asks before the test is over.
            for (int i = 0; i < (cell.once() ? 1 : 1000); i++) {
                relay.replyOnce("EHLO", "250-relay.test\n250 STARTTLS");
                say(relay, "EHLO", cell.reply(), ReplyMatrix.Times.ONCE);
            }
        } else {
            say(relay, cell.command(), cell.reply(), cell.times());
        }
    }

    private static void say(ScriptedRelay relay, String command, String reply, ReplyMatrix.Times times) {
        boolean closed = reply.equals(ReplyMatrix.CLOSED);
        if (times == ReplyMatrix.Times.ONCE && closed) {
            relay.disconnectOnceAt(command);
        } else if (times == ReplyMatrix.Times.ONCE) {
            relay.replyOnce(command, reply);
        } else if (closed) {
            relay.disconnectAt(command);
        } else {
            relay.replyTo(command, reply);
        }
    }

    /** Of a message for two. */
    private static List<String> expected(Case cell) {
        String word = cell.expected().equals("stops") ? "relayed" : cell.expected();
        if (word.equals("one")) {
            return List.of("deferred", "relayed");
        }
        boolean onlyTheFirst = cell.command().equals("RCPT") && cell.once() && !cell.sessionGivenUp();
        return List.of(word, onlyTheFirst ? "relayed" : word);
    }

    private static Stage stage(Case cell) {
        return cell.command().equals("end-of-data") || cell.expected().equals("unknown")
                ? Stage.FINAL_DOT
                : Stage.valueOf(cell.command().toUpperCase(Locale.ROOT));
    }

    private static List<String> dispositions(TransactionReport report) {
        return report.recipients().stream()
                .map(Disposition::of)
                .map(Disposition::toString)
                .toList();
    }

    /** In = out: two recipients, two dispositions, and at the relay those that were relayed to. */
    private static void assertCounts(TransactionReport report, ScriptedRelay relay) {
        assertThat(dispositions(report)).hasSize(2).isSubsetOf("relayed", "deferred", "failed", "unknown");
        if (dispositions(report).contains("unknown")) {
            return; // Just that: it may have the message, or not.
        }
        assertThat(relay.messages().stream().flatMap(message -> message.recipients().stream()))
                .containsExactlyInAnyOrderElementsOf(report.relayed().stream()
                        .map(RecipientReport::recipient)
                        .toList());
    }

    /** On which session the next message goes out. */
    private static int nextSession(Engine engine, ScriptedRelay relay) throws Exception {
        relay.clearReplies();
        assertThat(engine.send(Letter.to("next", "ann@example.org")).complete()).isTrue();
        List<ReceivedMessage> messages = relay.messages();
        return messages.get(messages.size() - 1).session();
    }

    private static Letter letter(String id) {
        return Letter.to(id, "ann@example.org", "bob@example.org");
    }
}
