package dev.postrider.redrive;

import dev.postrider.submission.PostriderHeaders;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A dead letter on a topic. */
record TopicLetter(ConsumerRecord<byte[], byte[]> record, Parked parked, SourceValues values) implements Letter {

    @Override
    public Optional<byte[]> content() throws Refused {
        boolean elsewhere = record.value() == null && record.headers().lastHeader(PostriderHeaders.CONTENT) != null;
        return elsewhere ? Optional.of(values.of(record)) : Optional.ofNullable(record.value());
    }
}
