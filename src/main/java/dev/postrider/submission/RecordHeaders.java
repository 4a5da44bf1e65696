package dev.postrider.submission;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The headers of a record that mean something to us, read by name; a file has none. Names in any case, values in UTF-8,
 * those that are null left out.
 */
final class RecordHeaders {

    private final List<Origin.Header> headers;

    private RecordHeaders(List<Origin.Header> headers) {
        this.headers = headers;
    }

    static RecordHeaders of(Origin origin) {
        return new RecordHeaders(origin instanceof Origin.TopicRecord record ? record.headers() : List.of());
    }

    /** What stands under this name, each time it is there. */
    List<String> all(String name, Violations violations) {
        List<String> values = new ArrayList<>();
        for (Origin.Header header : headers) {
            if (header.name().equalsIgnoreCase(name) && header.value() != null) {
                try {
                    // A new decoder reports what is malformed; String would replace it, with something else.
                    values.add(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(header.value()))
                            .toString());
                } catch (CharacterCodingException malformed) {
                    violations.add("header " + name, "not UTF-8");
                }
            }
        }
        return values;
    }

    boolean has(String name) {
        return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name) && header.value() != null);
    }
}
