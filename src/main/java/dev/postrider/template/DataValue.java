package dev.postrider.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.submission.Excerpt;
import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.Mapper;
import io.quarkus.qute.Results;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * An object or a list of the request's data as a template sees it: names that lead to values, and nothing else. Objects of
 * Java are never looked into.
 */
interface DataValue extends Mapper {

    /** Where it stands in the request, as JSONPath writes it. */
    String path();

    Budget budget();

    boolean has(String name);

    /** What a name that {@link #has} leads to: another of these, a string, number, boolean, or null. */
    Object member(String name);

    @Override
    default CompletionStage<Object> getAsync(String name) {
        try {
            budget().step();
        } catch (Budget.Exhausted exhausted) {
            // Not thrown: where Qute waits for a result, it would wait for ever.
            return CompletedStage.failure(exhausted);
        }
        return has(name) ? CompletedStage.of(member(name)) : Results.notFound(name);
    }

    /** Qute lists these when it tells what is missing; the place is of more use than all its names. */
    @Override
    default Set<String> mappedKeys() {
        return Set.of(path());
    }

    Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    static String path(String parent, String name) {
        String shown = Excerpt.shortened(name);
        return PLAIN_NAME.matcher(shown).matches() ? parent + "." + shown : parent + "['" + shown + "']";
    }

    static Object of(String path, JsonNode node, Budget budget) {
        return switch (node.getNodeType()) {
            case OBJECT -> new DataObject(path, node, budget);
            case ARRAY -> new DataList(path, node, budget);
            case STRING -> node.textValue();
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            default -> null;
        };
    }
}
