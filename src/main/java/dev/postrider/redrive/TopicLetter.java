package dev.postrider.redrive;

import dev.postrider.submission.PostriderHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/** A dead letter on a topic. What did not fit into it is taken from the record it came from. For one thread. */
final class TopicLetter implements Letter {

    private final ConsumerRecord<byte[], byte[]> record;
    private final Parked parked;
    private final SourceValues values;
    private final List<String> leftOut;
    private Optional<ConsumerRecord<byte[], byte[]>> source = Optional.empty();

    TopicLetter(ConsumerRecord<byte[], byte[]> record, Parked parked, SourceValues values) {
        this.record = record;
        this.parked = parked;
        this.values = values;
        this.leftOut = SendersHeaders.ours(record.headers(), PostriderHeaders.SHORTENED)
                .map(words -> Arrays.asList(words.split(", ")))
                .orElse(List.of());
    }

    ConsumerRecord<byte[], byte[]> record() {
        return record;
    }

    @Override
    public Parked parked() {
        return parked;
    }

    @Override
    public Optional<byte[]> content() throws Refused {
        boolean elsewhere = record.value() == null && record.headers().lastHeader(PostriderHeaders.CONTENT) != null;
        return Optional.ofNullable(elsewhere || leftOut.contains("headers") ? whole().value() : record.value());
    }

    byte[] key() {
        return leftOut.contains("key") ? source.orElseThrow().key() : record.key();
    }

    /** The sender's own headers; to be asked after the content. */
    Headers headers() {
        return SendersHeaders.of(
                leftOut.contains("headers") ? source.orElseThrow().headers() : record.headers());
    }

    private ConsumerRecord<byte[], byte[]> whole() throws Refused {
        if (source.isEmpty()) {
            source = Optional.of(values.of(record, parked, !leftOut.contains("key")));
        }
        return source.get();
    }
}
