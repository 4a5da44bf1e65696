package dev.postrider.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What records say, as a person sees it; those of dead letters are for {@link Failure}. */
final class TopicEvents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TopicEvents() {}

    /** A send request, new or redriven. */
    static Event in(ConsumerRecord<byte[], byte[]> record) {
        String redriven = header(record, "postrider-redriven-from")
                .map(from -> ", from " + from)
                .orElse("");
        return Event.of(Event.Kind.IN, TopicView.place(record) + ": " + glance(record) + redriven);
    }

    /** A request that waits for its next attempt; nothing where it waits for its first, the moment it asked for. */
    static Optional<Event> deferred(ConsumerRecord<byte[], byte[]> record) {
        return header(record, "postrider-reply")
                .map(reply -> Event.of(Event.Kind.DEFERRED, TopicView.place(record) + ": " + glance(record), reply));
    }

    /** The outcome of a request that was relayed before. */
    static Event duplicate(ConsumerRecord<byte[], byte[]> record) {
        JsonNode data = outcome(record);
        return Event.of(
                Event.Kind.DUPLICATE,
                TopicView.place(record) + ": " + data.path("id").asText() + " of "
                        + data.path("source").asText() + " is not relayed again");
    }

    static String disposition(ConsumerRecord<byte[], byte[]> outcome) {
        return outcome(outcome).path("disposition").asText();
    }

    private static JsonNode outcome(ConsumerRecord<byte[], byte[]> record) {
        return json(new String(record.value(), StandardCharsets.UTF_8)).path("data");
    }

    /** Where a history says who is left, only they are meant. */
    private static String glance(ConsumerRecord<byte[], byte[]> record) {
        List<String> left = new ArrayList<>();
        header(record, "postrider-history")
                .ifPresent(history -> json(history).path("recipients").forEach(one -> left.add(one.asText())));
        return left.isEmpty() ? RequestGlance.of(record.value()) : RequestGlance.of(record.value(), left);
    }

    private static Optional<String> header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return Optional.ofNullable(header).map(found -> new String(found.value(), StandardCharsets.UTF_8));
    }

    /** Anybody may put anything on a topic. */
    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
