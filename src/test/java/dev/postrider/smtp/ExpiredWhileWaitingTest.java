package dev.postrider.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.fixture.RelayWatch;
import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.message.ComposedMessage;
import dev.postrider.message.MessageComposer;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.AttachmentsRoot;
import dev.postrider.submission.Expired;
import dev.postrider.submission.Origin;
import dev.postrider.submission.RequestLimits;
import dev.postrider.submission.RequestReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A message may wait in the sender for longer than it is to be sent: then it is not, whatever it waited for. */
class ExpiredWhileWaitingTest {

    private static final Instant EXPIRES_AT = Instant.parse("2026-03-01T17:00:00Z");
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final AtomicReference<Instant> now = new AtomicReference<>(EXPIRES_AT.minus(A_MINUTE));

    @Test
    void forTheLine() throws Exception {
        try (var relay =
                        ScriptedRelay.plain().replyTo("connect", "554 5.7.1 no").start();
                var engine = Engine.start(SmtpSettings.plain(relay))) {
            engine.awaitStop("554");
            var report = engine.sendLater(message());

            now.set(EXPIRES_AT.plus(A_MINUTE));
            relay.clearReplies();

            assertThatThrownBy(() -> Engine.get(report))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(Expired.class)
                    .hasMessage("expiresAt 2026-03-01T17:00:00Z has passed");
            assertThat(relay.transcript()).noneMatch(line -> line.startsWith("C: MAIL"));
            assertThat(engine.send(Letter.to("next", "ann@example.org")).complete())
                    .as("the session is there for others")
                    .isTrue();
        }
    }

    @Test
    void forAnotherSessionWhenTheConnectionBroke() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .without("PIPELINING")
                        .without("CHUNKING")
                        .disconnectOnceAt("RCPT TO:<ann@example.org>")
                        .watch(atMail(() -> now.set(EXPIRES_AT.plus(A_MINUTE))))
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            assertThatThrownBy(() -> engine.send(message())).isInstanceOf(Expired.class);

            assertThat(relay.messages()).isEmpty();
            assertThat(relay.transcript())
                    .filteredOn(line -> line.startsWith("C: MAIL"))
                    .hasSize(1);
        }
    }

    @Test
    void aTransactionThatHasBegunIsFinished() throws Exception {
        try (var relay = ScriptedRelay.plain()
                        .watch(atMail(() -> now.set(EXPIRES_AT.plus(A_MINUTE))))
                        .start();
                var engine = Engine.open(SmtpSettings.plain(relay))) {
            assertThat(engine.send(message()).complete()).isTrue();

            assertThat(now.get()).isAfter(EXPIRES_AT);
        }
    }

    private static RelayWatch atMail(Runnable what) {
        return new RelayWatch() {
            @Override
            public void began(int session) {
                what.run();
            }
        };
    }

    private ComposedMessage message() throws Exception {
        String request = "{\"from\": \"shop@example.com\", \"to\": [\"ann@example.org\"], \"text\": \"\","
                + " \"expiresAt\": \"" + EXPIRES_AT + "\"}";
        Arrival arrival = new Arrival(
                new Origin.InboxFile(Path.of("order.json"), "order.json"), request.getBytes(UTF_8), () -> {});
        InstantSource clock = now::get;
        return new MessageComposer(clock.withZone(ZoneOffset.UTC), Optional.empty(), Optional.empty())
                .compose(new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none()).read(arrival), arrival);
    }
}
