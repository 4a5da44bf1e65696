package dev.postrider.submission;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * By what its sender knows a request again that is refused: as much of it as is right, whatever else is wrong.
 *
 * @param id empty when it has none, or one that cannot be told
 * @param metadata empty as well when one of them cannot be handed back
 */
public record Identity(Optional<String> id, Map<String, String> metadata) {

    static final Identity NONE = new Identity(Optional.empty(), Map.of());

    // As the schema has them: a request may be refused because of these.
    private static final Pattern ID = Pattern.compile("[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]{1,200}");
    private static final int MOST_METADATA = 50;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_VALUE = 1000;

    /** Every outcome of every recipient repeats it. In octets of UTF-8, names and values together. */
    static final int MOST_METADATA_OCTETS = 16 << 10;

    public Identity {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Of a request whose event, or whose origin, gives it this id if it gives itself none. */
    static Identity of(JsonNode request, Optional<String> otherwise) {
        JsonNode id = request.path("id");
        return new Identity(
                id.isMissingNode() || id.isNull()
                        ? otherwise
                        : Optional.ofNullable(id.textValue()).filter(ID.asMatchPredicate()),
                metadata(request.path("metadata")));
    }

    private static Map<String, String> metadata(JsonNode given) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (given.isObject() && given.size() <= MOST_METADATA) {
            for (Map.Entry<String, JsonNode> each : given.properties()) {
                String value = each.getValue().textValue();
                if (value == null
                        || value.length() > LONGEST_VALUE
                        || each.getKey().length() > LONGEST_NAME) {
                    return Map.of();
                }
                metadata.put(each.getKey(), value);
            }
        }
        return octets(metadata) <= MOST_METADATA_OCTETS ? metadata : Map.of();
    }

    /** What it takes in UTF-8, names and values together. */
    static int octets(Map<String, String> metadata) {
        int octets = 0;
        for (Map.Entry<String, String> each : metadata.entrySet()) {
            octets += each.getKey().getBytes(UTF_8).length + each.getValue().getBytes(UTF_8).length;
        }
        return octets;
    }
}
