package dev.postrider.ledger;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An entry as a record: the key is the leg, 16 bytes; the value a version, 1 byte, and the content, 8 bytes; the timestamp
 * is when it was settled, or when the broker got it if the topic is set so.
 */
final class LedgerRecord {

    private static final byte VERSION = 1;
    private static final int VALUE_BYTES = 1 + Long.BYTES;

    private LedgerRecord() {}

    static ProducerRecord<byte[], byte[]> write(String topic, Entry entry) {
        byte[] value = ByteBuffer.allocate(VALUE_BYTES)
                .put(VERSION)
                .putLong(entry.note().content())
                .array();
        return new ProducerRecord<>(
                topic, null, entry.note().at().toEpochMilli(), entry.leg().bytes(), value);
    }

    /** Empty for what is none: of a later version, or written by somebody else. */
    static Optional<Entry> read(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        byte[] value = record.value();
        if (key == null || key.length != LegKey.BYTES || value == null || value.length != VALUE_BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(value);
        if (bytes.get() != VERSION) {
            return Optional.empty();
        }
        return Optional.of(new Entry(
                LegKey.read(ByteBuffer.wrap(key)), Note.of(bytes.getLong(), Instant.ofEpochMilli(record.timestamp()))));
    }
}
