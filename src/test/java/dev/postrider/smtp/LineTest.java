package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineTest {

    private static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");

    private final Line line = new Line(Clock.fixed(NINE, ZoneOffset.UTC));

    @Test
    void itStartsOutStoppedUntilASessionWasOpened() {
        assertThat(line.stop()).contains(new Line.Stop(NINE, "no session opened yet"));
    }

    @Test
    void theMomentOfTheStartIsNotYetAnUnavailableRelay() {
        assertThat(line.relayIsUnavailable()).isFalse();

        line.stopped("one thing");
        assertThat(line.relayIsUnavailable()).isTrue();

        line.opened();
        assertThat(line.relayIsUnavailable()).isFalse();
    }

    @Test
    void whileItIsOpenNobodyWaits() throws Exception {
        line.opened();

        line.awaitOpen();

        assertThat(line.stop()).isEmpty();
    }

    @Test
    void theLatestReasonIsToldAndTheTimeOfTheFirst() {
        line.opened();
        line.stopped("one thing");
        line.stopped("another thing");

        assertThat(line.stop()).contains(new Line.Stop(NINE, "another thing"));
    }

    @Test
    void whoeverWantsToKnowIsToldOfAStopAfterItHasHappened() {
        List<Boolean> seen = new ArrayList<>();
        line.onStop(() -> seen.add(line.stop().isPresent()));

        line.opened();
        line.stopped("one thing");

        assertThat(seen).containsExactly(true);
    }

    @Test
    void whenItIsClosedWhileStoppedWhoeverWaitsIsSentHome() {
        line.close();

        assertThatThrownBy(line::awaitOpen).isInstanceOf(ShuttingDown.class);
    }

    @Test
    void whenItIsClosedWhileOpenWhatHasBegunMayGoOn() throws Exception {
        line.opened();
        line.close();

        line.awaitOpen();

        assertThat(line.awaitStop()).as("nothing left for the prober").isFalse();
        assertThat(line.pause(Duration.ofMinutes(5))).isFalse();
    }

    @Test
    void aPauseIsAsLongAsItWasToBe() throws Exception {
        long start = System.nanoTime();

        assertThat(line.pause(Duration.ofMillis(30))).isTrue();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    }
}
