package dev.postrider.submission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Optional;

/**
 * Which template makes the words of the message, and of what.
 *
 * @param locale language tag (RFC 5646) of the reader
 * @param data an object; not to be changed
 */
public record TemplateCall(String name, Optional<String> locale, JsonNode data) {

    public TemplateCall {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(data, "data");
    }
}
