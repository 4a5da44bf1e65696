package dev.postrider.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

    private Instant wall = Instant.parse("2026-03-01T04:00:00Z");
    private long nanos;
    private final Clock clock = new SteadyClock(((InstantSource) () -> wall).withZone(ZoneOffset.UTC), () -> nanos);

    @Test
    void itGoesWithTheClockOnTheWall() {
        passes(Duration.ofMinutes(10));
        wall = wall.plusSeconds(59 * 60); // Somebody sets it.

        assertThat(clock.instant()).isEqualTo(wall);

        wall = wall.minusSeconds(59 * 60);
        assertThat(clock.instant()).isEqualTo(wall);
    }

    @Test
    void aLeapOfDaysIsNotBelievedUntilItHasLastedForADay() {
        Instant before = clock.instant();
        wall = wall.plus(Duration.ofDays(3));
        assertThat(clock.instant()).isEqualTo(before);

        passes(Duration.ofHours(23));
        assertThat(clock.instant()).isEqualTo(before.plus(Duration.ofHours(23)));

        passes(Duration.ofHours(2));
        assertThat(clock.instant()).isEqualTo(wall);
    }

    @Test
    void aLeapThatIsTakenBackWasNone() {
        Instant before = clock.instant();
        wall = wall.plus(Duration.ofDays(3));
        assertThat(clock.instant()).isNotNull();
        passes(Duration.ofHours(1));
        wall = wall.minus(Duration.ofDays(3));

        assertThat(clock.instant()).isEqualTo(before.plus(Duration.ofHours(1))).isEqualTo(wall);
    }

    @Test
    void aClockThatGoesBackByDaysIsNotBelievedEither() {
        Instant before = clock.instant();
        wall = wall.minus(Duration.ofDays(3));

        passes(Duration.ofHours(1));

        assertThat(clock.instant()).isEqualTo(before.plus(Duration.ofHours(1)));
    }

    private void passes(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }
}
