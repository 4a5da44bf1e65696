package dev.postrider.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The shape of a send request: {@code config/send-request.schema.json}, as the artifact carries it. Compiled once;
 * thread-safe.
 */
final class RequestSchema {

    private static final String RESOURCE = "send-request.schema.json";

    /** What an error may repeat. Not here: letters, header fields and metadata, where secrets may stand. */
    private static final Set<String> SHOWN =
            Set.of("id", "from", "sender", "to", "cc", "bcc", "replyTo", "returnPath", "attachments");

    private final Schema schema;

    RequestSchema() {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .errorMessageKeyword("errorMessage")
                // The words are the schema's or ours: a native image need not carry the library's bundles.
                .messageSource((keyword, words, locale, arguments) -> keyword)
                .locale(Locale.ROOT)
                .build();
        // One dialect, known by its identifier: no meta-schema is looked up at run time.
        SchemaRegistry registry =
                SchemaRegistry.withDialect(Dialects.getDraft202012(), builder -> builder.schemaRegistryConfig(config));
        try (InputStream resource = RequestSchema.class.getResourceAsStream(RESOURCE)) {
            schema = registry.getSchema(resource, InputFormat.JSON);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(RESOURCE, unreadable);
        }
    }

    /** The names of the request's fields that are not as the schema has them, or not all through. */
    Set<String> check(JsonNode request, Violations violations) {
        Set<String> faulty = new HashSet<>();
        for (Error error : schema.validate(request)) {
            NodePath location = error.getInstanceLocation();
            if (location.getNameCount() > 0) {
                faulty.add(location.getName(0));
            }
            if (isNews(error)) {
                report(error, violations);
            }
        }
        return faulty;
    }

    /** That oneOf is violated is news, unless the type was wrong already; why each branch is not the one, is none. */
    private static boolean isNews(Error error) {
        return error.getKeyword().equals("oneOf")
                ? error.getInstanceNode().isObject()
                : !error.getEvaluationPath().contains("oneOf");
    }

    private static void report(Error error, Violations violations) {
        JsonNode found = error.getInstanceNode();
        if (found.isValueNode() && isShown(error.getInstanceLocation())) {
            violations.add(new Field(path(error), found), rule(error));
        } else {
            violations.add(path(error), rule(error));
        }
    }

    private static boolean isShown(NodePath location) {
        int length = location.getNameCount();
        return length > 0
                && SHOWN.contains(location.getName(0))
                && !location.getName(length - 1).equals("content");
    }

    private static String path(Error error) {
        NodePath location = error.getInstanceLocation();
        String path = Field.ROOT;
        for (int i = 0; i < location.getNameCount(); i++) {
            path = location.getElement(i) instanceof Integer index
                    ? Field.path(path, index)
                    : Field.path(path, location.getName(i));
        }
        // What is missing or superfluous has no location of its own: its parent's is given, and its name.
        return error.getProperty() == null ? path : Field.path(path, error.getProperty());
    }

    private static String rule(Error error) {
        if (error.isCustomMessage()) {
            return error.getMessage();
        }
        // The value of the keyword that is violated.
        JsonNode asked = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "additionalProperties" -> "unknown field";
            case "required" -> "is required";
            case "type" -> "must be " + types(asked);
            case "minLength" -> "must not be empty";
            case "maxLength" -> "at most " + asked + " characters";
            case "maxItems", "maxProperties" ->
                "at most " + asked + ", not " + error.getInstanceNode().size();
            default -> "violates '" + error.getKeyword() + "' of the schema";
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
