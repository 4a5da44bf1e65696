package dev.postrider.submission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.submission.Origin.TopicRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A history as it travels with a deferred or redriven request: in the header {@code postrider-history}, or beside a file.
 *
 * <pre>
 * {"redrives":0,"recipients":["b@example.org"],"attempts":[{"at":"2026-03-01T04:00:00Z","reply":"451 4.2.1 busy"}],
 *  "source":{"topic":"mail.requests","partition":0,"offset":17,"timestamp":"2026-03-01T03:59:58Z"}}
 * </pre>
 *
 * @param source where the request came from first: it names the request, and may be all the id it has
 * @param due when a file's time has come
 */
public record HistoryJson(History history, Optional<Source> source, Optional<Instant> due) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonFactory JSON = MAPPER.getFactory();

    /** Where a request stood first. */
    public sealed interface Source {

        /** On a topic. */
        record Topic(String topic, int partition, long offset, Instant timestamp) implements Source {}

        /** In {@code inbox/}. */
        record File(String name) implements Source {}

        static Source of(Origin origin) {
            return origin instanceof TopicRecord record
                    ? new Topic(record.topic(), record.partition(), record.offset(), record.timestamp())
                    : new File(((Origin.InboxFile) origin).fileName());
        }
    }

    /** On one line. */
    public static String write(History history, Source source, Optional<Instant> due) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("redrives", history.redrives());
            if (!history.recipients().isEmpty()) {
                json.writeArrayFieldStart("recipients");
                for (String recipient : history.recipients()) {
                    json.writeString(recipient);
                }
                json.writeEndArray();
            }
            writeAttempts(json, history.attempts());
            if (history.waited()) {
                json.writeBooleanField("waited", true);
            }
            writeSource(json, source);
            if (due.isPresent()) {
                json.writeStringField("due", due.get().toString());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** As the field {@code attempts}, here and in a dead letter's report. */
    public static void writeAttempts(JsonGenerator json, List<History.Attempt> attempts) throws IOException {
        json.writeArrayFieldStart("attempts");
        for (History.Attempt attempt : attempts) {
            json.writeStartObject();
            json.writeStringField("at", attempt.at().toString());
            json.writeStringField("reply", attempt.reply());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** As the field {@code source}, here and in a dead letter's report. */
    public static void writeSource(JsonGenerator json, Source source) throws IOException {
        json.writeObjectFieldStart("source");
        if (source instanceof Source.Topic topic) {
            json.writeStringField("topic", topic.topic());
            json.writeNumberField("partition", topic.partition());
            json.writeNumberField("offset", topic.offset());
            json.writeStringField("timestamp", topic.timestamp().toString());
        } else if (source instanceof Source.File file) {
            json.writeStringField("file", file.name());
        }
        json.writeEndObject();
    }

    /** @throws IllegalArgumentException saying what cannot be read: half a history would send mail to the wrong people */
    public static HistoryJson read(byte[] text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            if (json == null || !json.isObject()) {
                throw new IllegalArgumentException("not a JSON object");
            }
            List<String> recipients = new ArrayList<>();
            for (JsonNode recipient : json.path("recipients")) {
                recipients.add(string(recipient));
            }
            if (json.has("recipients") && recipients.isEmpty()) {
                throw new IllegalArgumentException("'recipients' names nobody");
            }
            List<History.Attempt> attempts = new ArrayList<>();
            for (JsonNode attempt : json.path("attempts")) {
                attempts.add(new History.Attempt(instant(attempt.path("at")), string(attempt.path("reply"))));
            }
            return new HistoryJson(
                    new History(
                            json.path("redrives").asInt(0),
                            recipients,
                            attempts,
                            json.path("waited").asBoolean()),
                    source(json.path("source")),
                    json.has("due") ? Optional.of(instant(json.path("due"))) : Optional.empty());
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalArgumentException(Excerpt.shortened(String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Source> source(JsonNode json) {
        if (json.path("topic").isTextual()) {
            return Optional.of(new Source.Topic(
                    json.path("topic").textValue(),
                    json.path("partition").asInt(),
                    json.path("offset").asLong(),
                    instant(json.path("timestamp"))));
        }
        return json.path("file").isTextual()
                ? Optional.of(new Source.File(json.path("file").textValue()))
                : Optional.empty();
    }

    private static Instant instant(JsonNode json) {
        return Instant.parse(string(json));
    }

    private static String string(JsonNode json) {
        if (!json.isTextual()) {
            throw new IllegalArgumentException("a string is missing");
        }
        return json.textValue();
    }
}
