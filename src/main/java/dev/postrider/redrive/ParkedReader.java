package dev.postrider.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.submission.PostriderHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads what a dead letter says of itself: headers first, then the report, then the history. Whatever is missing or
 * malformed there has a harmless value here, for a dead letter of an older version must be able to go back too.
 */
final class ParkedReader {

    private final Function<String, Optional<String>> headers;
    private final ObjectNode failure;
    private final ObjectNode history;

    private ParkedReader(Function<String, Optional<String>> headers, ObjectNode failure, ObjectNode history) {
        this.headers = headers;
        this.failure = failure;
        this.history = history;
    }

    static Parked read(ConsumerRecord<byte[], byte[]> record) {
        Function<String, Optional<String>> headers = name -> SendersHeaders.ours(record.headers(), name);
        ParkedReader reader = new ParkedReader(
                headers,
                Json.objectOrEmpty(headers.apply(PostriderHeaders.FAILURE).orElse("")),
                Json.objectOrEmpty(headers.apply(PostriderHeaders.HISTORY).orElse("")));
        return reader.parked(
                new Place.OnTopic(record.topic(), record.partition(), record.offset()),
                Instant.ofEpochMilli(record.timestamp()));
    }

    /** @param report the content of {@code NAME.failure.json}; anything else counts as none */
    static Parked read(String name, String report, Instant modified) {
        ObjectNode failure = Json.objectOrEmpty(report);
        JsonNode history = failure.path("history");
        ObjectNode known = history instanceof ObjectNode object ? object : Json.object();
        return new ParkedReader(header -> Optional.empty(), failure, known).parked(new Place.InFolder(name), modified);
    }

    private Parked parked(Place place, Instant stored) {
        return new Parked(
                place,
                text(PostriderHeaders.ID, "id"),
                text(PostriderHeaders.REASON, "reason").orElse("no-report"),
                text(PostriderHeaders.DETAIL, "detail").orElse("nothing tells why it is here"),
                text(PostriderHeaders.RETRYABLE, "retryable").stream().anyMatch("true"::equals),
                ofRecipients(PostriderHeaders.REPLY, "reply"),
                ofRecipients(PostriderHeaders.ENHANCED_CODE, "enhancedCode"),
                remaining(),
                text(PostriderHeaders.FAILED_AT, "failedAt")
                        .flatMap(ParkedReader::instant)
                        .orElse(stored),
                redrives(),
                source(),
                failure);
    }

    private Optional<String> text(String header, String field) {
        return headers.apply(header)
                .or(() -> Optional.of(failure.path(field))
                        .filter(JsonNode::isValueNode)
                        .map(JsonNode::asText));
    }

    private List<String> ofRecipients(String header, String field) {
        Set<String> found = new LinkedHashSet<>();
        headers.apply(header).ifPresent(found::add);
        failure.path("recipients").forEach(recipient -> {
            if (recipient.path(field).isTextual()) {
                found.add(recipient.path(field).textValue());
            }
        });
        return List.copyOf(found);
    }

    /**
     * The one question that must not be answered with too many: nobody may get the message twice. A report that names
     * none has tried none this time; then the history knows whether an earlier attempt had narrowed them down.
     */
    private List<String> remaining() {
        List<String> reported = Json.texts(failure.path("remainingRecipients"));
        if (reported.isEmpty()) {
            String joined = headers.apply(PostriderHeaders.REMAINING_RECIPIENTS)
                    .orElse("")
                    .strip();
            reported = joined.isEmpty() ? List.of() : List.of(joined.split(",\\s+"));
        }
        if (reported.isEmpty()) {
            reported = reportedOneByOne();
        }
        return reported.isEmpty() ? Json.texts(history.path("recipients")) : reported;
    }

    private List<String> reportedOneByOne() {
        List<String> left = new ArrayList<>();
        failure.path("recipients").forEach(recipient -> {
            if (recipient.path("recipient").isTextual()
                    && !recipient.path("disposition").asText().equals("relayed")) {
                left.add(recipient.path("recipient").textValue());
            }
        });
        return left;
    }

    private int redrives() {
        int counted = text(PostriderHeaders.REDRIVE_COUNT, "redriveCount")
                .filter(count -> count.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .orElse(0);
        return Math.max(counted, Math.max(0, history.path("redrives").asInt(0)));
    }

    private ObjectNode source() {
        if (history.path("source") instanceof ObjectNode known && !known.isEmpty()) {
            return known;
        }
        if (failure.path("source") instanceof ObjectNode known && !known.isEmpty()) {
            return known;
        }
        ObjectNode source = Json.object();
        headers.apply(PostriderHeaders.SOURCE_TOPIC).ifPresent(topic -> source.put("topic", topic));
        number(PostriderHeaders.SOURCE_PARTITION).ifPresent(partition -> source.put("partition", partition.intValue()));
        number(PostriderHeaders.SOURCE_OFFSET).ifPresent(offset -> source.put("offset", offset));
        headers.apply(PostriderHeaders.SOURCE_TIMESTAMP).ifPresent(timestamp -> source.put("timestamp", timestamp));
        return source;
    }

    private Optional<Long> number(String header) {
        return headers.apply(header)
                .filter(digits -> digits.matches("\\d{1,18}"))
                .map(Long::valueOf);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
