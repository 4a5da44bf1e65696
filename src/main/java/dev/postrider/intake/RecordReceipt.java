package dev.postrider.intake;

import dev.postrider.kafka.LastSeen;
import dev.postrider.submission.Receipt;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;

/** Settles a record with its partition; the offset is committed later, by the consumer's own thread. */
final class RecordReceipt implements KafkaManualCommit, Receipt {

    private static final long A_MOMENT = Duration.ofMillis(20).toNanos();

    private final PartitionProgress partition;
    private final long offset;
    private final int bytes;
    private final InFlight inFlight;
    private final LastSeen membership;

    RecordReceipt(PartitionProgress partition, long offset, InFlight inFlight, LastSeen membership) {
        this.partition = partition;
        this.offset = offset;
        this.bytes = partition.bytes(offset);
        this.inFlight = inFlight;
        this.membership = membership;
    }

    @Override
    public void settle() {
        if (partition.settled(offset)) {
            inFlight.release(bytes);
        }
    }

    /** While it is not certain that the partition is still ours, waits until the consumer knows. */
    @Override
    public boolean begin() {
        while (partition.begin(offset)) {
            if (!membership.isOld()) {
                return true;
            }
            partition.paused(offset);
            LockSupport.parkNanos(A_MOMENT);
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
        }
        return false;
    }

    @Override
    public boolean mayBegin() {
        return inFlight.stores().isWell();
    }

    @Override
    public boolean awaitTurn() throws InterruptedException {
        return inFlight.stores().awaitWell();
    }

    @Override
    public void pause() {
        partition.paused(offset);
    }

    @Override
    public void leave() {
        if (partition.left(offset)) {
            inFlight.release(bytes);
        }
    }

    @Override
    public void commit() {
        settle();
    }
}
