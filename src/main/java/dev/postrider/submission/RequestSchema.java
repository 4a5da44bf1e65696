package dev.postrider.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
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

    private final TypeAndSizeCheck typesAndSizes;
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
            JsonNode document = new ObjectMapper().readTree(resource);
            typesAndSizes = new TypeAndSizeCheck(document);
            schema = registry.getSchema(document);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(RESOURCE, unreadable);
        }
    }

    /**
     * The names of the request's fields that are not as the schema has them, or not all through. Fields that are null
     * are removed from the request.
     */
    Set<String> check(JsonNode request, Violations violations) {
        Set<String> faulty = typesAndSizes.check(request, violations);
        if (faulty.contains(Field.ROOT)) {
            return faulty;
        }
        Set<String> toldAlready = Set.copyOf(faulty);
        for (Error error : schema.validate(withNullFor(toldAlready, (ObjectNode) request))) {
            Optional<String> field = field(error.getInstanceLocation());
            if (field.filter(toldAlready::contains).isEmpty()) {
                field.ifPresent(faulty::add);
                if (isNews(error)) {
                    report(new Field(path(error), error.getInstanceNode()), rule(error), violations);
                }
            }
        }
        return faulty;
    }

    private static Optional<String> field(NodePath location) {
        return location.getNameCount() > 0 ? Optional.of(location.getName(0)) : Optional.empty();
    }

    /** Not without them: then something would seem to be missing. */
    private static JsonNode withNullFor(Set<String> faulty, ObjectNode request) {
        if (faulty.isEmpty()) {
            return request;
        }
        ObjectNode rest = request.objectNode().setAll(request);
        faulty.forEach(rest::putNull);
        return rest;
    }

    /** That oneOf is violated is news; why each branch is not the one, is none. */
    private static boolean isNews(Error error) {
        return error.getKeyword().equals("oneOf") || !error.getEvaluationPath().contains("oneOf");
    }

    /** With the value, where that is no one's secret. */
    static void report(Field fault, String rule, Violations violations) {
        if (fault.value().isValueNode() && isShown(fault.path())) {
            violations.add(fault, rule);
        } else {
            violations.add(fault.path(), rule);
        }
    }

    private static boolean isShown(String path) {
        String field = path.replaceFirst("^\\$\\.?", "").split("[.\\[]", 2)[0];
        return SHOWN.contains(field) && !path.endsWith(".content");
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
        return switch (error.getKeyword()) {
            case "additionalProperties" -> "unknown field";
            case "required" -> "is required";
            case "minLength" -> "must not be empty";
            default -> "violates '" + error.getKeyword() + "' of the schema";
        };
    }
}
