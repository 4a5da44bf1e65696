package dev.postrider.intake;

import dev.postrider.submission.Arrival;
import dev.postrider.submission.History;
import dev.postrider.submission.HistoryJson;
import dev.postrider.submission.Origin;
import dev.postrider.submission.Origin.TopicRecord;
import dev.postrider.submission.PostriderHeaders;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Where records come in: what Camel says of a record becomes an {@link Arrival}, and nothing else of it goes on. */
@Singleton
@Named("topicDoor")
@RegisterForReflection
public class TopicDoor {

    private final KafkaConfig config;

    TopicDoor(KafkaConfig config) {
        this.config = config;
    }

    public Arrival accept(Message record) {
        Headers headers = (Headers) record.getHeader(KafkaConstants.HEADERS);
        TopicRecord here = new TopicRecord(
                record.getHeader(KafkaConstants.TOPIC, String.class),
                record.getHeader(KafkaConstants.PARTITION, Integer.class),
                record.getHeader(KafkaConstants.OFFSET, Long.class),
                Instant.ofEpochMilli(record.getHeader(KafkaConstants.TIMESTAMP, Long.class)),
                (byte[]) record.getHeader(KafkaConstants.KEY),
                sendersOwn(headers));
        RecordReceipt receipt = (RecordReceipt) record.getHeader(KafkaConstants.MANUAL_COMMIT);
        byte[] content = (byte[]) record.getBody();
        Header note = headers.lastHeader(PostriderHeaders.HISTORY);
        if (note == null || note.value() == null) {
            return new Arrival(here, content, receipt);
        }
        try {
            HistoryJson noted = HistoryJson.read(note.value());
            return new Arrival(
                    noted.source().map(source -> first(here, source)).orElse(here),
                    content,
                    believed(here.topic(), noted.history()),
                    Optional.empty(),
                    receipt);
        } catch (IllegalArgumentException e) {
            String fault = "header " + PostriderHeaders.HISTORY + ": " + e.getMessage();
            return new Arrival(here, content, History.none(), Optional.of(fault), receipt);
        }
    }

    /** Ours are put on anew wherever the record goes next. */
    private static List<Origin.Header> sendersOwn(Headers headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .filter(header -> !header.key().startsWith(PostriderHeaders.PREFIX))
                .map(header -> new Origin.Header(header.key(), header.value()))
                .toList();
    }

    private static TopicRecord first(TopicRecord here, HistoryJson.Source source) {
        return source instanceof HistoryJson.Source.Topic topic
                ? new TopicRecord(
                        topic.topic(), topic.partition(), topic.offset(), topic.timestamp(), here.key(), here.headers())
                : here;
    }

    /** Anyone may write to a request topic: attempts that nobody made must not use up the schedule. */
    private History believed(String topic, History noted) {
        return DueTimes.isRetryTopic(config.retriesTopicsPrefix(), topic)
                ? noted
                : new History(noted.redrives(), noted.recipients(), List.of());
    }
}
