package dev.postrider.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {

    private final PartitionProgress progress = new PartitionProgress();

    @Test
    void nothingIsCommittedBeforeAnythingIsSettled() {
        take(5, 6, 7);

        assertThat(progress.toCommit()).isEmpty();
        assertThat(progress.unsettled()).isEqualTo(3);
    }

    @Test
    void whatIsSettledBeyondAGapWaitsForTheGap() {
        take(5, 6, 7);

        progress.settled(6);
        progress.settled(7);
        assertThat(progress.toCommit()).hasValueSatisfying(commitOf(5));

        progress.settled(5);
        assertThat(progress.toCommit()).hasValueSatisfying(commitOf(8));
    }

    @Test
    void offsetsThatTheTopicSkippedAreNoGap() {
        take(5, 9, 20); // A compacted topic, or markers of transactions.

        progress.settled(5);
        progress.settled(9);

        assertThat(progress.toCommit()).hasValueSatisfying(commitOf(10));
    }

    @Test
    void theMarkerThatEndsATransactionIsCommittedPastOnceNothingIsOpen() {
        take(5, 6);
        progress.settled(6);
        progress.passed(8);
        assertThat(progress.toCommit()).hasValueSatisfying(commitOf(5));

        progress.settled(5);
        progress.passed(8);

        assertThat(progress.toCommit()).hasValueSatisfying(commitOf(8));
        progress.committed(progress.toCommit().orElseThrow());
        progress.passed(8);
        assertThat(progress.toCommit()).isEmpty();
    }

    @Test
    void whatWasLeftIsNotPassed() {
        take(5);
        progress.left(5);

        progress.passed(8);

        assertThat(progress.toCommit()).isEmpty();
    }

    @Test
    void theSameOffsetIsNotCommittedTwice() {
        take(5);
        progress.settled(5);

        progress.committed(progress.toCommit().orElseThrow());

        assertThat(progress.toCommit()).isEmpty();
    }

    @Test
    void whatHasNotBegunWhenThePartitionLeavesIsTheNextOwners() {
        take(5, 6, 7);
        assertThat(progress.begin(5)).isTrue();

        progress.leave();

        assertThat(progress.begin(6)).isFalse();
        assertThat(progress.underWay()).isEqualTo(1);
        assertThat(progress.begin(5)).as("what has begun goes on").isTrue();
        progress.settled(5);
        assertThat(progress.underWay()).isZero();
        assertThat(progress.toCommit()).hasValueSatisfying(commitOf(6));
    }

    @Test
    void whatIsLeftIsLeftOnceAndNotSettled() {
        take(5, 6);
        progress.begin(5);

        assertThat(progress.left(5)).isTrue();
        assertThat(progress.left(5)).isFalse();
        assertThat(progress.settled(5)).isFalse();
        progress.settled(6);

        assertThat(progress.underWay()).isZero();
        assertThat(progress.toCommit()).hasValueSatisfying(commitOf(5));
    }

    @Test
    void nobodyWaitsForWhatWaitsItself() {
        take(5);
        progress.begin(5);

        progress.paused(5);
        progress.leave();

        assertThat(progress.underWay()).isZero();
        assertThat(progress.begin(5)).isFalse();
    }

    @Test
    void nothingBeginsOrBeginsAgainWhenThePartitionIsGone() {
        take(5, 6);
        progress.begin(5);

        progress.giveUp();

        assertThat(progress.begin(5)).isFalse();
        assertThat(progress.begin(6)).isFalse();
    }

    @Test
    void settlingTwiceCountsOnce() {
        take(5, 6);

        assertThat(progress.settled(6)).isTrue();
        assertThat(progress.settled(6)).isFalse();
        assertThat(progress.settled(5)).isTrue();
        assertThat(progress.settled(5)).isFalse();
        assertThat(progress.unsettled()).isZero();
    }

    @Test
    void inWhateverOrderTheCommitNeverPassesAnUnsettledOffset() {
        Random random = new Random(17);
        List<Long> offsets = new ArrayList<>();
        for (long offset = 100, n = 0; n < 1_000; n++, offset += 1 + random.nextInt(3)) {
            offsets.add(offset);
            progress.taken(offset, 100);
        }
        List<Long> order = new ArrayList<>(offsets);
        Collections.shuffle(order, random);
        Set<Long> unsettled = new TreeSet<>(offsets);

        for (long offset : order) {
            progress.settled(offset);
            unsettled.remove(offset);
            long first =
                    unsettled.isEmpty() ? Long.MAX_VALUE : unsettled.iterator().next();
            progress.toCommit().ifPresent(commit -> {
                assertThat(commit.offset().offset()).isLessThanOrEqualTo(first);
                progress.committed(commit);
            });
        }

        assertThat(progress.open()).isZero();
    }

    @Test
    void theNextOwnerLeavesAloneWhatWasSettledBeyondTheGap() {
        take(5, 6, 7, 8, 9);
        progress.settled(5);
        progress.settled(7);
        progress.settled(9);
        OffsetAndMetadata committed = progress.toCommit().orElseThrow().offset();

        PartitionProgress next = new PartitionProgress(committed);

        assertThat(committed.offset()).isEqualTo(6);
        assertThat(next.taken(6, 100)).isTrue();
        assertThat(next.taken(7, 100)).isFalse();
        assertThat(next.taken(8, 100)).isTrue();
        assertThat(next.taken(9, 100)).isFalse();
        next.settled(6);
        assertThat(next.toCommit()).hasValueSatisfying(commitOf(8));
        next.settled(8);
        assertThat(next.toCommit()).hasValueSatisfying(commitOf(10));
    }

    @Test
    void whatTheLastOwnerHadSettledFurtherOnIsPassedOnToTheNextAgain() {
        PartitionProgress second = new PartitionProgress(new OffsetAndMetadata(6, "a:1,10-12"));
        second.taken(6, 100);
        second.settled(6);

        OffsetAndMetadata committed = second.toCommit().orElseThrow().offset();

        assertThat(SettledAhead.read(committed.offset(), committed.metadata())).containsExactly(7L, 16L, 17L, 18L);
    }

    @Test
    void nothingIsTakenSoFarBeyondOneThatIsLeftThatARestartWouldRepeatIt() {
        take(5);
        progress.left(5);
        long offset = 6;
        for (; progress.mayTake(offset) && offset < 2_000_000; offset++) {
            take(offset);
            progress.settled(offset);
        }
        OffsetAndMetadata committed = progress.toCommit().orElseThrow().offset();

        PartitionProgress next = new PartitionProgress(committed);

        assertThat(offset).isEqualTo(5 + PartitionProgress.MOST_AHEAD + 1);
        assertThat(next.mayTake(5)).isTrue();
        assertThat(next.taken(5, 100)).isTrue();
        for (long settled = 6; settled < offset; settled++) {
            assertThat(next.taken(settled, 100)).isFalse();
        }
        next.settled(5);
        assertThat(next.mayTake(offset)).isTrue();
        assertThat(next.toCommit()).hasValueSatisfying(commitOf(offset));
    }

    @Test
    void nothingIsTakenBeyondSoManyThatAreLeftThatARestartWouldRepeatIt() {
        int left = 0;
        long offset = 5;
        for (; progress.mayTake(offset) && left < 1_000; offset += 900) {
            take(offset, offset + 1, offset + 2);
            progress.left(offset);
            progress.settled(offset + 1);
            progress.settled(offset + 2);
            left++;
        }
        OffsetAndMetadata committed = progress.toCommit().orElseThrow().offset();

        assertThat(left).isEqualTo(PartitionProgress.MOST_LEFT);
        assertThat(SettledAhead.read(committed.offset(), committed.metadata())).hasSize(2 * left);
    }

    @Test
    void aHoleBeforeTheFirstOneIsNotCountedAsAhead() {
        PartitionProgress behind = new PartitionProgress(new OffsetAndMetadata(6, ""));

        behind.taken(2_000_000, 100);

        assertThat(behind.mayTake(2_000_001)).isTrue();
    }

    private static Consumer<PartitionProgress.Commit> commitOf(long offset) {
        return commit -> assertThat(commit.offset().offset()).isEqualTo(offset);
    }

    private void take(long... offsets) {
        for (long offset : offsets) {
            progress.taken(offset, 100);
        }
    }
}
