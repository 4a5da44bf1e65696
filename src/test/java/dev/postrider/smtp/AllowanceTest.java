package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many sessions at once: grows with what goes well, shrinks with what does not. */
class AllowanceTest {

    private static final Duration A_MOMENT = Duration.ofMillis(10);
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    private final HandClock clock = new HandClock();
    private final SmtpSettings probe = new SmtpSettings().probeDelay(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final Allowance allowance = new Allowance(8, probe, clock);

    @Test
    void itBeginsWithOneAndDoublesWithEachRound() {
        List<Integer> rounds = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            rounds.add(allowance.current());
            relayedByAll();
        }

        assertThat(rounds).containsExactly(1, 2, 4, 8, 8);
    }

    @Test
    void whatNobodyNeedsDoesNotGrow() {
        relayedByAll();
        for (int i = 0; i < 20; i++) {
            clock.advance(ONE_SECOND);
            allowance.relayed(1);
        }

        assertThat(allowance.current()).isEqualTo(2);
    }

    @Test
    void whatHangsLetsOneMoreBeUsedEachSecondWhileSomebodyWaits() {
        List<Integer> halfSeconds = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            allowance.used(allowance.current());
            clock.advance(Duration.ofMillis(500));
            allowance.grow(allowance.current());
            halfSeconds.add(allowance.current());
            clock.advance(Duration.ofMillis(500));
            allowance.grow(allowance.current());
        }

        assertThat(halfSeconds).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void timeAloneDoesNotLetMoreBeUsedThanWasTooMany() {
        grow();
        allowance.throttled(clock.getAsLong(), 2);
        clock.advance(Duration.ofSeconds(20));
        allowance.grow(1);
        assertThat(allowance.current()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(10));
        allowance.grow(1);
        assertThat(allowance.current()).isEqualTo(2);
    }

    @Test
    void timeAloneDoesNotGrowDuringPausesNorWhileThereIsRoomNorBeyondTheSize() {
        clock.advance(ONE_SECOND);
        assertThat(allowance.growthLeft(0)).as("room").isEmpty();
        grow();
        assertThat(allowance.growthLeft(8)).as("size").isEmpty();
        allowance.throttled(clock.getAsLong(), 1);
        assertThat(allowance.growthLeft(1)).as("pause").isEmpty();
    }

    @Test
    void afterAStopItBeginsAgainAndIsFastUpToHalfOfWhatItWas() {
        grow();

        allowance.startAgain();
        allowance.startAgain();

        assertThat(allowance.current()).isEqualTo(1);
        relayedByAll();
        relayedByAll();
        relayedByAll();
        assertThat(allowance.current()).as("at once").isEqualTo(4);
        List<Integer> seconds = new ArrayList<>();
        for (int second = 0; second < 5; second++) {
            clock.advance(ONE_SECOND);
            relayedByAll();
            seconds.add(allowance.current());
        }
        assertThat(seconds).containsExactly(5, 6, 7, 8, 8);
    }

    @Test
    void whenItIsThrottledItIsHalvedOnceForAllThatWereUnderWay() {
        grow();
        long began = clock.getAsLong();
        clock.advance(Duration.ofSeconds(20));

        assertThat(allowance.throttled(began, 8)).isTrue();
        clock.advance(Duration.ofSeconds(20));
        assertThat(allowance.throttled(began, 7)).as("began before").isFalse();

        assertThat(allowance.current()).isEqualTo(4);
    }

    @Test
    void whatBeginsRightAfterwardsIsOfTheSameBurst() {
        grow();
        allowance.throttled(clock.getAsLong(), 8);

        clock.advance(Duration.ofMillis(499));
        assertThat(allowance.throttled(clock.getAsLong(), 4)).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(allowance.throttled(clock.getAsLong(), 4)).isTrue();

        assertThat(allowance.current()).isEqualTo(2);
    }

    @Test
    void halfOfWhatIsInUseIsLeftEvenIfMoreWasAllowed() {
        grow();

        allowance.throttled(clock.getAsLong(), 4);

        assertThat(allowance.current()).isEqualTo(2);
    }

    @Test
    void whatWasThrottledIsNotTriedAgainForALongWhile() {
        grow();
        allowance.throttled(clock.getAsLong(), 8);

        List<Integer> seconds = new ArrayList<>();
        for (int second = 1; second <= 31; second++) {
            clock.advance(ONE_SECOND);
            relayedByAll();
            seconds.add(allowance.current());
        }

        assertThat(seconds.subList(0, 5)).containsExactly(5, 6, 7, 7, 7);
        assertThat(seconds.get(28)).as("after 29 s").isEqualTo(7);
        assertThat(seconds.get(30)).as("after 31 s").isEqualTo(8);
    }

    @Test
    void aRefusedSessionLeavesThoseThatAreOpen() {
        grow();

        allowance.refusedBeside(5);
        assertThat(allowance.current()).isEqualTo(5);

        clock.advance(Duration.ofSeconds(29));
        relayedByAll();
        assertThat(allowance.current()).isEqualTo(5);
        clock.advance(ONE_SECOND);
        relayedByAll();
        assertThat(allowance.current()).isEqualTo(6);
    }

    @Test
    void aSingleSessionThatIsThrottledPausesLongerAndLonger() {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            allowance.throttled(clock.getAsLong(), 1);
            pauses.add(Duration.ofNanos(allowance.pauseLeft()).toSeconds());
            clock.advance(Duration.ofNanos(allowance.pauseLeft()));
            assertThat(allowance.pauseLeft()).isZero();
        }

        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
        assertThat(allowance.current()).isEqualTo(1);
    }

    @Test
    void withWhatIsRelayedThePausesShrinkAndThenItGrows() {
        for (int i = 0; i < 3; i++) {
            allowance.throttled(clock.getAsLong(), 1);
            clock.advance(Duration.ofNanos(allowance.pauseLeft()));
        }

        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            allowance.relayed(1);
            pauses.add(Duration.ofNanos(allowance.pauseLeft()).toSeconds());
            clock.advance(Duration.ofNanos(allowance.pauseLeft()));
        }
        assertThat(pauses).containsExactly(2L, 1L, 0L);

        clock.advance(Duration.ofSeconds(30));
        relayedByAll();
        assertThat(allowance.current()).isEqualTo(2);
    }

    @Test
    void aStopEndsThePauses() {
        allowance.throttled(clock.getAsLong(), 1);

        allowance.startAgain();

        assertThat(allowance.pauseLeft()).isZero();
    }

    /** As many messages relayed, one after the other, as are allowed at once. */
    private void relayedByAll() {
        int inUse = allowance.current();
        for (int i = 0; i < inUse; i++) {
            allowance.relayed(allowance.current());
            clock.advance(A_MOMENT.dividedBy(inUse * 100L));
        }
    }

    private void grow() {
        for (int round = 0; round < 3; round++) {
            relayedByAll();
        }
        assertThat(allowance.current()).isEqualTo(8);
        clock.advance(ONE_SECOND);
    }
}
