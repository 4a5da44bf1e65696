package dev.postrider.outcome;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/** An outcome as a CloudEvent in JSON, in one line. CloudEvents 1.0.2, JSON event format. */
final class OutcomeEvent {

    static final String TYPE = "dev.postrider.outcome";

    private static final JsonFactory JSON = new JsonFactory().setCharacterEscapes(new LineEnds());
    /** A record has to fit its topic, whatever an exception had to say. */
    private static final int MAX_DETAIL = 2_000;

    private OutcomeEvent() {}

    /**
     * Escapes what many programs take for the end of a line, and JSON does not (RFC 8259 §7): else they break events into
     * pieces.
     */
    private static final class LineEnds extends CharacterEscapes {

        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            return standardAsciiEscapesForJSON();
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            return switch (character) {
                case 0x85, 0x2028, 0x2029 -> new SerializedString(String.format("\\u%04X", character));
                default -> null;
            };
        }
    }

    /** Who tells, as the URI-reference CloudEvents asks for: {@code /postrider/NAME}. */
    static String source(String name) {
        try {
            return new URI(null, null, "/postrider/" + name, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("any path can be written as URI", e);
        }
    }

    static String write(Outcome outcome, String source) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("specversion", "1.0");
            json.writeStringField("id", outcome.eventId());
            json.writeStringField("source", source);
            json.writeStringField("type", TYPE);
            write(json, "subject", outcome.recipient());
            json.writeStringField("time", outcome.attempt().at().toString());
            json.writeStringField("datacontenttype", "application/json");
            json.writeObjectFieldStart("data");
            data(json, outcome);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static void data(JsonGenerator json, Outcome outcome) throws IOException {
        Attempt attempt = outcome.attempt();
        json.writeStringField("id", outcome.id());
        write(json, "recipient", outcome.recipient());
        json.writeStringField("disposition", outcome.disposition());
        json.writeNumberField("attempt", attempt.number());
        json.writeNumberField("redrives", attempt.redrives());
        json.writeStringField("relay", attempt.relay());
        if (outcome.reply().isPresent()) {
            reply(json, outcome.reply().get());
        }
        write(json, "nextAttempt", attempt.next().map(Object::toString));
        write(json, "reason", outcome.reason());
        write(json, "detail", outcome.detail().map(OutcomeEvent::cut));
        write(json, "messageId", outcome.messageId());
        json.writeStringField("source", outcome.source());
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<String, String> entry : outcome.metadata().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static void reply(JsonGenerator json, RelayWord reply) throws IOException {
        json.writeStringField("stage", reply.stage());
        if (reply.code() > 0) {
            json.writeNumberField("replyCode", reply.code());
        }
        write(json, "enhancedCode", reply.enhancedCode());
        json.writeStringField("replyText", reply.text());
    }

    private static void write(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }

    private static String cut(String detail) {
        return detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL) + " ...";
    }
}
