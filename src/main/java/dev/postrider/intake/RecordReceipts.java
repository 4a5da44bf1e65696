package dev.postrider.intake;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.component.kafka.consumer.CommitManager;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory;

/**
 * Gives every record its receipt. Not one of Camel's own factories on purpose: with theirs Camel's commit manager commits
 * as well, on reconnects and rebalances, records that are still in flight.
 */
@Singleton
@Named("recordReceipts")
public class RecordReceipts implements KafkaManualCommitFactory {

    @Override
    public KafkaManualCommit newInstance(
            CamelExchangePayload camel, KafkaRecordPayload record, CommitManager commitManager) {
        return ((PacedConsumer) camel.consumer).receipt(record.partition, record.recordOffset);
    }
}
