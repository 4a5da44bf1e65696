package dev.postrider.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A dead letter, as a person sees it: from the header of a record, or the report beside a file. */
final class Failure {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Failure() {}

    static Event onTopic(ConsumerRecord<byte[], byte[]> record) {
        byte[] report = record.headers().lastHeader("postrider-failure").value();
        return event(TopicView.place(record), new String(report, StandardCharsets.UTF_8));
    }

    static Event inFolder(Path parked, String report) {
        return event("dead-letters/" + parked.getFileName(), report);
    }

    private static Event event(String place, String report) {
        try {
            JsonNode failure = JSON.readTree(report);
            String hope = failure.path("retryable").asBoolean() ? ", another try makes sense" : "";
            return new Event(
                    Event.Kind.DEAD_LETTER,
                    place + ": " + failure.path("reason").asText() + hope,
                    details(failure));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no report: " + report, e);
        }
    }

    /** Where it came from has been said just before. */
    private static String withoutPlace(String detail) {
        return detail.replaceFirst("^\\S+: ", "");
    }

    private static List<String> details(JsonNode failure) {
        List<String> lines = new ArrayList<>();
        failure.path("recipients")
                .forEach(recipient -> lines.add(recipient.path("recipient").asText() + " "
                        + recipient.path("disposition").asText() + ": "
                        + recipient.path("reply").asText()));
        return lines.isEmpty() ? List.of(withoutPlace(failure.path("detail").asText())) : Few.of(lines);
    }
}
