package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.ScriptedRelay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

    private final HandClock clock = new HandClock();

    @Test
    void withoutARateNobodyWaits() {
        RateLimit limit = new RateLimit(new SmtpSettings(), clock);

        assertThat(turns(limit, 1000)).containsOnly(0L);
    }

    @Test
    void messagesLeaveEvenlySpaced() {
        RateLimit limit = new RateLimit(new SmtpSettings().rate(4, 1), clock);

        assertThat(turns(limit, 4)).containsExactly(0L, 250L, 500L, 750L);
    }

    @Test
    void theRateMayBeLessThanOneASecond() {
        RateLimit limit = new RateLimit(new SmtpSettings().rate(0.5, 1), clock);

        assertThat(turns(limit, 3)).containsExactly(0L, 2000L, 4000L);
    }

    @Test
    void afterAPauseABurstMayGoAtOnceAndNoMore() {
        RateLimit limit = new RateLimit(new SmtpSettings().rate(10, 3), clock);

        assertThat(turns(limit, 5)).containsExactly(0L, 0L, 0L, 100L, 200L);
        clock.advance(Duration.ofHours(1));
        assertThat(turns(limit, 5)).containsExactly(0L, 0L, 0L, 100L, 200L);
    }

    @Test
    void aShortPauseEarnsAShortBurst() {
        RateLimit limit = new RateLimit(new SmtpSettings().rate(10, 3), clock);
        turns(limit, 3);

        clock.advance(Duration.ofMillis(200));

        assertThat(turns(limit, 3)).containsExactly(0L, 0L, 100L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e-9})
    void aRateThatIsNoneIsRefusedByTheNameOfTheSetting(double rate) {
        assertThatThrownBy(() -> new RateLimit(new SmtpSettings().rate(rate, 1), clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("postrider.rate.messages-per-second: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 100_001})
    void aBurstThatIsNoneIsRefusedByTheNameOfTheSetting(int burst) {
        assertThatThrownBy(() -> new RateLimit(new SmtpSettings().rate(1, burst), clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("postrider.rate.burst: ");
    }

    @Test
    void theExtremesAreFine() {
        assertThatCode(() -> turns(new RateLimit(new SmtpSettings().rate(0.0001, 100_000), clock), 10))
                .doesNotThrowAnyException();
        assertThat(turns(new RateLimit(new SmtpSettings().rate(1_000_000, 1), clock), 1001))
                .endsWith(1L);
    }

    @Test
    void whoeverWaitsForTheRateHoldsNoSessionAndIsSentHomeWhenWeStop() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).rate(0.01, 1))) {
            engine.send(Letter.to("order-1", "ann@example.org"));
            var second = engine.sendLater(Letter.to("order-2", "ann@example.org"));

            await().during(Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(engine.pool())
                            .isEqualTo(new RelayConnection.PoolState(
                                    0, 1, 0, 1, engine.pool().allowed())));
            assertThat(second).isNotDone();
            engine.stopping();

            assertThatThrownBy(() -> Engine.get(second)).hasCauseInstanceOf(ShuttingDown.class);
            assertThat(relay.messages()).hasSize(1);
        }
    }

    @Test
    void soManyMessagesTakeSoLong() throws Exception {
        try (var relay = ScriptedRelay.plain().start();
                var engine = Engine.open(SmtpSettings.plain(relay).rate(50, 1))) {
            long start = System.nanoTime();
            var reports = new ArrayList<java.util.concurrent.CompletableFuture<TransactionReport>>();
            for (int i = 0; i < 21; i++) {
                reports.add(engine.sendLater(Letter.to("order-" + i, "ann@example.org")));
            }
            for (var report : reports) {
                assertThat(Engine.get(report).complete()).isTrue();
            }

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        }
    }

    private static List<Long> turns(RateLimit limit, int count) {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waits.add(limit.turn().toMillis());
        }
        return waits;
    }
}
