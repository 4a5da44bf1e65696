package dev.postrider.submission;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * JSON with one meaning only (RFC 7493): UTF-8 without malformed bytes, no duplicate names, one value and nothing after
 * it. What two readers could understand differently is refused. Thread-safe.
 */
final class StrictJson {

    /** The deepest thing of our own is {@code attachments[].inline}; the rest is room for a template's data. */
    private static final int DEEPEST = 16;

    private final JsonMapper mapper;

    StrictJson(int maxBytes) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                // By default 20 million characters, less than an attachment of 15 MB.
                .maxStringLength(maxBytes)
                .maxNameLength(1000)
                .maxNumberLength(100)
                .build();
        mapper = new JsonMapper(JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // Names are the user's: interning them would fill a table that outlives the request.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build());
        // A template prints a price as it was written: 19.90, which is 19.9 as a double.
        mapper.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        mapper.setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));
    }

    Optional<JsonNode> read(byte[] content, Violations violations) {
        int start = lengthOfByteOrderMark(content);
        try (Reader reader = utf8(content, start);
                JsonParser parser = mapper.createParser(reader)) {
            JsonNode value = mapper.readTree(parser);
            if (value == null) {
                violations.add("empty");
            } else if (parser.nextToken() != null) {
                violations.add("not JSON: something follows the end of the value" + at(parser.currentTokenLocation()));
            } else {
                if (HalfCharacters.mayBeIn(content)) {
                    HalfCharacters.refuse(Field.root(value), violations);
                }
                return Optional.of(value);
            }
        } catch (CharacterCodingException malformed) {
            violations.add("not UTF-8: malformed at byte " + firstMalformed(content, start, content.length));
        } catch (JacksonException malformed) {
            violations.add("not JSON: " + reason(malformed));
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory", impossible);
        }
        return Optional.empty();
    }

    /** Jackson itself would guess UTF-16 and UTF-32 from the first bytes, and let some malformed UTF-8 pass. */
    private static Reader utf8(byte[] content, int start) {
        // A new decoder reports malformed input; the constructor that takes a charset would replace it.
        return new InputStreamReader(
                new ByteArrayInputStream(content, start, content.length - start), StandardCharsets.UTF_8.newDecoder());
    }

    /** Of UTF-8; 0 if there is none. */
    static int lengthOfByteOrderMark(byte[] content) {
        boolean marked = content.length >= 3
                && content[0] == (byte) 0xEF
                && content[1] == (byte) 0xBB
                && content[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    /** Index of the first octet that is not UTF-8; the end, if all are. */
    static int firstMalformed(byte[] content, int start, int end) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(content, start, end - start);
        decoder.decode(bytes, CharBuffer.allocate(bytes.remaining()), true);
        return bytes.position();
    }

    private static String reason(JacksonException malformed) {
        // Jackson repeats the word it stumbled over, which may belong to a letter; and names classes of its own.
        String reason = malformed
                .getOriginalMessage()
                .replaceFirst("(?s)Unrecognized token '.*?'", "unquoted text")
                .replaceFirst(", from `[^`]*`", "")
                .replaceFirst(": enable `[^`]*` to allow", " is not JSON");
        // A limit that is exceeded has no place.
        return malformed.getLocation() == null ? reason : reason + at(malformed.getLocation());
    }

    private static String at(JsonLocation place) {
        return " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }
}
