package dev.postrider.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks the types and sizes that the schema asks for, and nothing else of it. This comes before everything that may be
 * costly: the schema validator compares and hashes whatever it meets, and with a long list of numbers, or with the one
 * number {@code 1e999999999} where a word belongs, that takes minutes or the whole heap. Thread-safe.
 */
final class TypeAndSizeCheck {

    /** So many unknown fields of one object are told by name. */
    private static final int UNKNOWN_FIELDS = 10;

    private final JsonNode schema;

    TypeAndSizeCheck(JsonNode schema) {
        this.schema = schema;
    }

    /**
     * The names of the request's fields that are at fault, or {@link Field#ROOT} for the request as a whole. A field of the
     * schema that is null counts as absent, and is removed.
     */
    Set<String> check(JsonNode request, Violations violations) {
        Set<String> faulty = new HashSet<>();
        if (!holdsItself(Field.root(request), schema, violations)) {
            faulty.add(Field.ROOT);
            return faulty;
        }
        withoutNulls((ObjectNode) request, schema);
        for (Map.Entry<String, JsonNode> rule : schema.get("properties").properties()) {
            Field field = Field.root(request).member(rule.getKey());
            if (field.isPresent() && !holds(field, rule.getValue(), violations)) {
                faulty.add(rule.getKey());
            }
        }
        return faulty;
    }

    private boolean holds(Field field, JsonNode rule, Violations violations) {
        JsonNode reference = rule.get("$ref");
        if (reference != null && !holds(field, schema.at(reference.textValue().substring(1)), violations)) {
            return false;
        }
        return holdsItself(field, rule, violations) && holdsWithin(field, rule, violations);
    }

    private static boolean holdsItself(Field field, JsonNode rule, Violations violations) {
        JsonNode value = field.value();
        String fault = null;
        if (rule.has("type") && !isOfType(value, rule.get("type"))) {
            fault = "must be " + types(rule.get("type"));
        } else if (value.isTextual()) {
            int most = rule.path("maxLength").asInt(Integer.MAX_VALUE);
            if (isLonger(value.textValue(), most)) {
                fault = rule.at("/errorMessage/maxLength").asText("at most " + most + " characters");
            }
        } else if (value.isContainerNode() && value.size() > most(rule, value)) {
            fault = "at most " + most(rule, value) + ", not " + value.size();
        }
        if (fault != null) {
            RequestSchema.report(field, fault, violations);
        }
        return fault == null;
    }

    private static boolean isLonger(String text, int most) {
        return text.length() > most && text.codePointCount(0, text.length()) > most;
    }

    private static int most(JsonNode rule, JsonNode value) {
        if (value.isArray()) {
            return rule.path("maxItems").asInt(Integer.MAX_VALUE);
        }
        return rule.has("properties")
                ? rule.get("properties").size() + UNKNOWN_FIELDS
                : rule.path("maxProperties").asInt(Integer.MAX_VALUE);
    }

    private boolean holdsWithin(Field field, JsonNode rule, Violations violations) {
        boolean holds = true;
        if (field.value().isArray() && rule.has("items")) {
            for (int i = 0; i < field.value().size(); i++) {
                Field item =
                        new Field(Field.path(field.path(), i), field.value().get(i));
                holds &= holds(item, rule.get("items"), violations);
            }
        } else if (field.value() instanceof ObjectNode object && rule.has("properties")) {
            withoutNulls(object, rule);
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                JsonNode known = rule.get("properties").get(member.getKey());
                holds &= known == null || holds(field.member(member.getKey()), known, violations);
            }
        } else if (field.value().isObject() && rule.path("additionalProperties").isObject()) {
            for (Field member : field.members().values()) {
                holds &= holds(member, rule.get("additionalProperties"), violations);
            }
        }
        return holds;
    }

    /** What has no value is written as null by many programs. A name that we do not know stays, and is told. */
    private static void withoutNulls(ObjectNode object, JsonNode rule) {
        object.properties()
                .removeIf(member ->
                        member.getValue().isNull() && rule.get("properties").has(member.getKey()));
    }

    private static boolean isOfType(JsonNode value, JsonNode types) {
        if (types.isTextual()) {
            return isOfType(value, types.textValue());
        }
        for (JsonNode type : types) {
            if (isOfType(value, type.textValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfType(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            default -> throw new IllegalStateException("the schema has a type of which we do not know: " + type);
        };
    }

    private static String types(JsonNode asked) {
        List<String> names = new ArrayList<>();
        if (asked.isArray()) {
            asked.forEach(type -> names.add(named(type.textValue())));
        } else {
            names.add(named(asked.textValue()));
        }
        return String.join(" or ", names);
    }

    private static String named(String type) {
        return switch (type) {
            case "object" -> "a JSON object";
            case "array" -> "a list";
            case "string" -> "a string";
            case "boolean" -> "true or false";
            default -> type;
        };
    }
}
