package dev.postrider.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.submission.SendRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** The files of one template, all parsed; text, html or both. Thread-safe. */
record TemplateSet(Optional<Script> subject, Optional<Script> text, Optional<Script> html) {

    /** That of {@code subject} in the schema. */
    private static final int LONGEST_SUBJECT = 900;

    private static final Pattern LINE_BREAKS = Pattern.compile("[ \\t]*(?:\\R[ \\t]*)+");

    /** The request with its words filled in; a subject that it gives itself stays. */
    SendRequest fill(SendRequest request, JsonNode data) throws TemplateFault {
        String line = request.subject();
        if (line.isEmpty() && subject.isPresent()) {
            line = oneLine(subject.get(), data);
        }
        return request.filled(line, render(text, data), render(html, data));
    }

    private static Optional<String> render(Optional<Script> script, JsonNode data) throws TemplateFault {
        return script.isPresent() ? Optional.of(script.get().render(data)) : Optional.empty();
    }

    /** Whatever the data holds, nothing of it becomes a header field of its own. */
    private static String oneLine(Script script, JsonNode data) throws TemplateFault {
        String line = LINE_BREAKS.matcher(script.render(data).strip()).replaceAll(" ");
        if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F)) {
            throw new TemplateFault("$.template.data", script.file() + " becomes a subject with control characters");
        }
        if (line.length() > LONGEST_SUBJECT) {
            throw new TemplateFault(
                    "$.template.data",
                    script.file() + " becomes a subject of " + line.length() + " characters, at most "
                            + LONGEST_SUBJECT);
        }
        return line;
    }
}
