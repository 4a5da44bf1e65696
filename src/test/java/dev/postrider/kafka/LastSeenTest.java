package dev.postrider.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LastSeenTest {

    private long nanos = Long.MAX_VALUE - 5; // It may overflow.
    private long millis = 1_772_337_600_000L;
    private final LastSeen seen = new LastSeen(Duration.ofSeconds(6), () -> nanos, () -> millis);

    @Test
    void whatIsSeenInTimeStaysCertain() {
        for (int n = 0; n < 5; n++) {
            passes(Duration.ofSeconds(6));
            assertThat(seen.isOld()).isFalse();
            assertThat(seen.renew()).isTrue();
        }
    }

    @Test
    void afterAStopItIsNotCertainUntilItIsBegunAnew() {
        passes(Duration.ofSeconds(20));

        assertThat(seen.isOld()).isTrue();
        assertThat(seen.renew()).isFalse();
        assertThat(seen.isOld()).isTrue();

        seen.beginAnew();
        assertThat(seen.isOld()).isFalse();
    }

    @Test
    void aMachineThatSleptIsNoticedByTheTimeOfDayAlone() {
        millis += 20_000;

        assertThat(seen.isOld()).isTrue();
    }

    @Test
    void aTimeOfDayThatIsSetBackHidesNoStop() {
        millis -= 3_600_000;
        assertThat(seen.isOld()).isFalse();

        nanos += Duration.ofSeconds(20).toNanos();
        assertThat(seen.isOld()).isTrue();
    }

    private void passes(Duration time) {
        nanos += time.toNanos();
        millis += time.toMillis();
    }
}
