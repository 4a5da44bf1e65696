package dev.postrider.submission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value of the request and the path that leads to it, so that whoever finds fault with the value can say where it is.
 *
 * @param path as JSONPath writes it: {@code $.to[1].name}
 * @param value a missing node where the request does not have the field
 */
record Field(String path, JsonNode value) {

    static final String ROOT = "$";

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    static Field root(JsonNode request) {
        return new Field(ROOT, request);
    }

    /** The path of a member; its name is the user's and may be anything. */
    static String path(String parent, String name) {
        String shown = Excerpt.shortened(name);
        return PLAIN_NAME.matcher(shown).matches() ? parent + "." + shown : parent + "['" + shown + "']";
    }

    static String path(String parent, int index) {
        return parent + "[" + index + "]";
    }

    /** A member the contract knows. */
    Field member(String name) {
        return new Field(path + "." + name, value.path(name));
    }

    /** All members of an object in the order of the request; none if the field is absent. */
    Map<String, Field> members() {
        Map<String, Field> members = new LinkedHashMap<>();
        value.properties()
                .forEach(member ->
                        members.put(member.getKey(), new Field(path(path, member.getKey()), member.getValue())));
        return members;
    }

    /** The elements of an array; none if the field is absent. */
    List<Field> items() {
        List<Field> items = new ArrayList<>(value.size());
        for (JsonNode item : value) {
            items.add(new Field(path(path, items.size()), item));
        }
        return items;
    }

    boolean isPresent() {
        return !value.isMissingNode();
    }

    /** The string that stands there, if one does. */
    Optional<String> text() {
        return Optional.ofNullable(value.textValue());
    }
}
