package dev.postrider.intake;

import dev.postrider.submission.Receipt;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;

/** Settles a record with its partition; the offset is committed later, by the consumer's own thread. */
final class RecordReceipt implements KafkaManualCommit, Receipt {

    private final PartitionProgress partition;
    private final long offset;
    private final int bytes;
    private final InFlight inFlight;

    RecordReceipt(PartitionProgress partition, long offset, InFlight inFlight) {
        this.partition = partition;
        this.offset = offset;
        this.bytes = partition.bytes(offset);
        this.inFlight = inFlight;
    }

    @Override
    public void settle() {
        if (partition.settled(offset)) {
            inFlight.release(bytes);
        }
    }

    @Override
    public boolean begin() {
        return partition.begin(offset);
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
