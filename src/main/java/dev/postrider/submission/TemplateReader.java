package dev.postrider.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;

/** Reads which template is asked for. Whether there is one, and whether the data is enough, shows when it is rendered. */
final class TemplateReader {

    private TemplateReader() {}

    /** Empty if there is none to read. */
    static Optional<TemplateCall> read(Field request, Violations violations) {
        Field field = request.member("template");
        if (!field.isPresent()) {
            return Optional.empty();
        }
        // A subject may stand beside it and goes before the template's; half a letter of each nobody can mean.
        for (String words : List.of("text", "html")) {
            if (request.member(words).isPresent()) {
                violations.add(request.member(words).path(), "is made by 'template', remove one");
            }
        }
        JsonNode data = field.member("data").value();
        return Optional.of(new TemplateCall(
                field.member("name").text().orElseThrow(),
                field.member("locale").text(),
                data.isObject() ? data : JsonNodeFactory.instance.objectNode()));
    }
}
