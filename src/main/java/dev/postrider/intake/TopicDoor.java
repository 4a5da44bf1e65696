package dev.postrider.intake;

import dev.postrider.submission.Arrival;
import dev.postrider.submission.Origin;
import dev.postrider.submission.Origin.Header;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.header.Headers;

/** Where records come in: what Camel says of a record becomes an {@link Arrival}, and nothing else of it goes on. */
@Singleton
@Named("topicDoor")
@RegisterForReflection
public class TopicDoor {

    public Arrival accept(Message record) {
        Origin origin = new Origin.TopicRecord(
                record.getHeader(KafkaConstants.TOPIC, String.class),
                record.getHeader(KafkaConstants.PARTITION, Integer.class),
                record.getHeader(KafkaConstants.OFFSET, Long.class),
                Instant.ofEpochMilli(record.getHeader(KafkaConstants.TIMESTAMP, Long.class)),
                (byte[]) record.getHeader(KafkaConstants.KEY),
                headers((Headers) record.getHeader(KafkaConstants.HEADERS)));
        RecordReceipt receipt = (RecordReceipt) record.getHeader(KafkaConstants.MANUAL_COMMIT);
        return new Arrival(origin, (byte[]) record.getBody(), receipt);
    }

    private static List<Header> headers(Headers headers) {
        List<Header> copy = new ArrayList<>();
        headers.forEach(header -> copy.add(new Header(header.key(), header.value())));
        return copy;
    }
}
