package dev.postrider.redrive;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JSON as trees. Thread-safe. */
final class Json {

    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            // By default 20 million characters, less than an attachment of 15 MB.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            // Of two fields with one name an edit would drop one.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private static final ObjectReader READER = MAPPER.reader();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The object this is, all of it; empty if it is none. */
    static Optional<ObjectNode> object(byte[] content) {
        try (var parser = MAPPER.createParser(content)) {
            JsonNode value = READER.readTree(parser);
            boolean alone = value instanceof ObjectNode && parser.nextToken() == null;
            return alone ? Optional.of((ObjectNode) value) : Optional.empty();
        } catch (IOException notJson) {
            // Jackson's own, and CharConversionException for octets that it took for UTF-32.
            return Optional.empty();
        }
    }

    static ObjectNode objectOrEmpty(String text) {
        return object(text.getBytes(StandardCharsets.UTF_8)).orElseGet(Json::object);
    }

    /** The texts of an array; none if it is no array. */
    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        if (array.isArray()) {
            array.forEach(each -> {
                if (each.isTextual()) {
                    texts.add(each.textValue());
                }
            });
        }
        return texts;
    }

    static byte[] bytes(JsonNode value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JacksonException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
    }

    /** On one line and in ASCII: nothing in it can turn, hide or break what stands around it. */
    static String line(JsonNode value) {
        try {
            return MAPPER.writer()
                    .with(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .writeValueAsString(value)
                    .replace("\u007f", "\\u007f");
        } catch (JacksonException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
    }

    /** For people: indented. */
    static String pretty(JsonNode value) {
        return value.toPrettyString();
    }
}
