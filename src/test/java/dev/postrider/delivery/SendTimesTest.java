package dev.postrider.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.submission.Arrival;
import dev.postrider.submission.Expired;
import dev.postrider.submission.History;
import dev.postrider.submission.Origin;
import dev.postrider.submission.Receipt;
import dev.postrider.submission.TakenOver;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SendTimesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");
    private static final Instant SEND_AT = NOW.plus(Duration.ofDays(3));
    private static final Origin RECORD = new Origin.TopicRecord("mail.requests", 0, 17, NOW, null, List.of());
    private static final Origin FILE = new Origin.InboxFile(Path.of(".work", "order.json"), "order.json");

    /** As it comes in after two attempts, with one recipient left. */
    private static final History HISTORY = new History(
            1, List.of("b@example.org"), List.of(new History.Attempt(NOW, "451"), new History.Attempt(NOW, "452")));

    private final SendTimes sendTimes = new SendTimes(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aRecordGoesOnInHopsAndAFileWaitsInOneStretch() {
        assertThat(held(RECORD, () -> {}).next())
                .isEqualTo(new Schedule.Next(Duration.ofHours(24), NOW.plus(Duration.ofHours(24))));
        assertThat(held(FILE, () -> {}).next().due()).isEqualTo(SEND_AT);
    }

    @Test
    void toWaitIsNoAttempt() {
        History history = held(RECORD, () -> {}).history();

        assertThat(history).isEqualTo(HISTORY.waiting());
        assertThat(history.attempts()).isEqualTo(HISTORY.attempts());
        assertThat(history.recipients()).isEqualTo(HISTORY.recipients());
    }

    @Test
    void whatAnotherInstanceHasByNowIsNotPutAwayTwice() {
        Receipt gone = new Receipt() {
            @Override
            public void settle() {}

            @Override
            public boolean begin() {
                return false;
            }
        };

        assertThatThrownBy(() -> held(RECORD, gone)).isInstanceOf(TakenOver.class);
    }

    @Test
    void itIsAheadUntilItsTimeAndOverAfterIt() {
        assertThat(sendTimes.isAhead(Times.sendAt(NOW.plusNanos(1)))).isTrue();
        assertThat(sendTimes.isAhead(Times.sendAt(NOW))).isFalse();
        assertThatThrownBy(() -> sendTimes.checkNotOver(
                        new Arrival(FILE, new byte[0], () -> {}), Times.expiresAt(NOW.minusNanos(1))))
                .isInstanceOf(Expired.class);
        sendTimes.checkNotOver(new Arrival(FILE, new byte[0], () -> {}), Times.expiresAt(NOW));
    }

    private Deferral held(Origin origin, Receipt receipt) {
        Arrival arrival = new Arrival(origin, new byte[0], HISTORY, Optional.empty(), receipt);
        Settlement settlement = sendTimes.hold(arrival, Times.sendAt(SEND_AT));
        assertThat(settlement.deadLetter()).isEmpty();
        return settlement.deferral().orElseThrow();
    }
}
