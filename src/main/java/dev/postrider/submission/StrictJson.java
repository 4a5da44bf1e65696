package dev.postrider.submission;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
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
    static final int DEEPEST = 16;

    /**
     * Each may take a hundred octets of the heap, whatever it takes of the request. With ten times as many, as many requests as
     * are under way at once fill a heap of 512 MB and end the process, at each start anew.
     */
    static final int MOST_TOKENS = 100_000;

    static final int LONGEST_NAME = 1000;
    static final int LONGEST_NUMBER = 100;

    /** No line of a document that somebody wrote for people to read. */
    private static final int LONG_FOR_A_LINE = 10_000;

    private static final String WHOLE_DOCUMENT =
            "; the record is one line of a JSON document: send the whole document as"
                    + " one record, as in kcat -P -t mail.requests order.json";

    private final JsonMapper mapper;

    StrictJson(int maxBytes) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                // By default 20 million characters, less than an attachment of 15 MB.
                .maxStringLength(maxBytes)
                .maxNameLength(LONGEST_NAME)
                .maxNumberLength(LONGEST_NUMBER)
                .maxTokenCount(MOST_TOKENS)
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

    /** Empty if it is a violation. */
    Optional<JsonNode> read(Arrival arrival, Violations violations) {
        boolean line = arrival.origin() instanceof Origin.TopicRecord && isLineOfDocument(arrival.content());
        return read(arrival.content(), line ? WHOLE_DOCUMENT : "", violations);
    }

    /** Empty if it is a violation. */
    Optional<JsonNode> read(byte[] content, Violations violations) {
        return read(content, "", violations);
    }

    private Optional<JsonNode> read(byte[] content, String hint, Violations violations) {
        int start = lengthOfByteOrderMark(content);
        try (Reader reader = utf8(content, start);
                JsonParser parser = mapper.createParser(reader)) {
            JsonNode value = readTree(parser);
            if (value == null) {
                violations.add("empty");
            } else if (parser.nextToken() != null) {
                violations.add("not JSON: something follows the end of the value"
                        + JsonFault.at(parser.currentTokenLocation()));
            } else {
                if (HalfCharacters.mayBeIn(content)) {
                    HalfCharacters.refuse(Field.root(value), violations);
                }
                return Optional.of(value);
            }
        } catch (CharacterCodingException malformed) {
            violations.add("not UTF-8: malformed at byte " + firstMalformed(content, start, content.length));
        } catch (JacksonException malformed) {
            violations.add("not JSON: " + JsonFault.of(malformed) + hint);
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory", impossible);
        }
        return Optional.empty();
    }

    private JsonNode readTree(JsonParser parser) throws IOException {
        try {
            return mapper.readTree(parser);
        } catch (NumberFormatException beyondBigDecimal) {
            // An exponent of more than 32 bits. The parser finds it in order, BigDecimal does not.
            throw new JsonParseException(parser, "numeric value out of range", parser.currentTokenLocation());
        }
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

    /**
     * Whether it is one line of a document in several, as {@code kcat -P < order.json} makes a record of each.
     */
    private static boolean isLineOfDocument(byte[] content) {
        if (content.length > LONG_FOR_A_LINE) {
            return false;
        }
        String line = new String(content, StandardCharsets.UTF_8).strip();
        return line.equals("{") || line.equals("[") || line.matches("[\\]}\"].*");
    }
}
