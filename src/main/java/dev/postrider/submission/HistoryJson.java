package dev.postrider.submission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.submission.Origin.TopicRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    // Whoever may write to a request topic can forge a history.
    private static final int MOST_REDRIVES = 999_999;
    /** Those of a schedule, and those that do not count: each of them has settled a recipient. */
    private static final int MOST_ATTEMPTS = History.MOST_ATTEMPTS + RequestLimits.MOST_RECIPIENTS;

    private static final int LONGEST_ADDRESS = 2_000;
    private static final int LONGEST_TIME = 50;
    private static final int LONGEST_TOPIC = 249;
    private static final int LONGEST_FILE_NAME = 1_000;
    /** A schedule adds years to it. */
    private static final Instant LATEST = Instant.parse("9000-01-01T00:00:00Z");

    private static final Instant EARLIEST = Instant.EPOCH;

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
            if (!attempt.counts()) {
                json.writeBooleanField("counts", false);
            }
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

    /**
     * Checked as a whole: what passes here can be reckoned with and written again.
     *
     * @throws IllegalArgumentException saying what cannot be read: half a history would send mail to the wrong people
     */
    public static HistoryJson read(byte[] text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            if (json == null || !json.isObject()) {
                throw new IllegalArgumentException("not a JSON object");
            }
            return new HistoryJson(
                    new History(
                            json.has("redrives") ? (int) number(json, "redrives", MOST_REDRIVES) : 0,
                            recipients(json.path("recipients")),
                            attempts(json.path("attempts")),
                            json.path("waited").asBoolean()),
                    source(json.path("source")),
                    json.has("due") ? Optional.of(instant(json.path("due"))) : Optional.empty());
        } catch (IOException e) {
            // Jackson's own, and CharConversionException for octets that it took for UTF-32.
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    private static List<String> recipients(JsonNode json) {
        Set<String> recipients = new LinkedHashSet<>();
        for (JsonNode each : array(json, "recipients", RequestLimits.MOST_RECIPIENTS)) {
            String recipient = string(each, LONGEST_ADDRESS);
            Lines.requireSingle("recipients", recipient);
            if (!recipients.add(recipient)) {
                throw new IllegalArgumentException("'recipients' names " + Excerpt.quoted(recipient) + " twice");
            }
        }
        if (recipients.isEmpty() && !json.isMissingNode()) {
            throw new IllegalArgumentException("'recipients' names nobody");
        }
        return List.copyOf(recipients);
    }

    private static List<History.Attempt> attempts(JsonNode json) {
        List<History.Attempt> attempts = new ArrayList<>();
        for (JsonNode attempt : array(json, "attempts", MOST_ATTEMPTS)) {
            attempts.add(new History.Attempt(
                    instant(attempt.path("at")),
                    string(attempt.path("reply"), Integer.MAX_VALUE),
                    attempt.path("counts").asBoolean(true)));
        }
        return attempts;
    }

    private static JsonNode array(JsonNode json, String name, int most) {
        if (!json.isMissingNode() && !json.isArray()) {
            throw new IllegalArgumentException("'" + name + "' is no array");
        }
        if (json.size() > most) {
            throw new IllegalArgumentException("'" + name + "' has more than " + most);
        }
        return json;
    }

    private static Optional<Source> source(JsonNode json) {
        if (json.path("topic").isTextual()) {
            String topic = string(json.path("topic"), LONGEST_TOPIC);
            if (!isTopicName(topic)) {
                throw new IllegalArgumentException("'source' names no topic");
            }
            return Optional.of(new Source.Topic(
                    topic,
                    (int) number(json, "partition", Integer.MAX_VALUE),
                    number(json, "offset", Long.MAX_VALUE),
                    // Its sender's, who may have set any; nothing is reckoned with it.
                    time(json.path("timestamp"))));
        }
        return json.path("file").isTextual()
                ? Optional.of(new Source.File(string(json.path("file"), LONGEST_FILE_NAME)))
                : Optional.empty();
    }

    /** As the brokers have it: it goes into log lines, and is half an id. */
    private static boolean isTopicName(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-'));
    }

    private static Instant instant(JsonNode json) {
        Instant time = time(json);
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException("a time out of reach");
        }
        return time;
    }

    private static Instant time(JsonNode json) {
        try {
            return Instant.parse(string(json, LONGEST_TIME));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no time: " + Excerpt.quoted(json.asText()), e);
        }
    }

    private static long number(JsonNode json, String name, long most) {
        JsonNode number = json.path(name);
        if (!number.canConvertToLong()
                || !number.isIntegralNumber()
                || number.longValue() < 0
                || number.longValue() > most) {
            throw new IllegalArgumentException("'" + name + "' is no number from 0 to " + most);
        }
        return number.longValue();
    }

    private static String string(JsonNode json, int longest) {
        if (!json.isTextual()) {
            throw new IllegalArgumentException("a string is missing");
        }
        if (json.textValue().length() > longest) {
            throw new IllegalArgumentException("a string has more than " + longest + " characters");
        }
        return json.textValue();
    }
}
