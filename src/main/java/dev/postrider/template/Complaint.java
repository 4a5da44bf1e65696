package dev.postrider.template;

import io.quarkus.qute.TemplateException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Qute complains of, in the words of those who write requests and templates. Made of the parts of the exception: its
 * message is itself rendered by Qute, and repeats the names of classes.
 */
record Complaint(String file, Optional<TemplateException> origin, Throwable root) {

    private static final String DATA = "$.template.data";

    /** {@code Key "id" not found in the map with keys [$.template.data.order]}, see {@link DataValue#mappedKeys}. */
    private static final Pattern MISSING = Pattern.compile(
            "(?:Key|Entry) \"(?<name>.*)\" not found in the (?:template data )?map with keys \\[(?<path>.*)]",
            Pattern.DOTALL);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\\\\\{|\\\\}|\\{([a-zA-Z]+)}");

    static Complaint of(String file, Throwable thrown) {
        Optional<TemplateException> placed = Optional.empty();
        Throwable root = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof TemplateException template && template.getOrigin() != null && placed.isEmpty()) {
                placed = Optional.of(template);
            }
            root = cause;
        }
        return new Complaint(file, placed, root);
    }

    /** Of a file that was read. */
    TemplateFault ofTemplate() {
        return new TemplateFault("$.template.name", place() + ": " + reason());
    }

    /** Of data that was rendered. */
    TemplateFault ofData() {
        Matcher missing = MISSING.matcher(argument("prop"));
        return missing.matches()
                ? new TemplateFault(
                        DataValue.path(missing.group("path"), missing.group("name")),
                        "is missing; " + place() + " has {" + argument("expression") + "}")
                : new TemplateFault(DATA, place() + ": " + reason());
    }

    private String place() {
        return origin.map(exception -> file + ", line " + exception.getOrigin().getLine())
                .orElse(file);
    }

    private String argument(String name) {
        return origin.map(TemplateException::getArguments)
                .map(arguments -> arguments.get(name))
                .map(Object::toString)
                .orElse("");
    }

    private String reason() {
        if (root instanceof Budget.Exhausted) {
            return root.getMessage();
        }
        if (root instanceof StackOverflowError) {
            return "is nested too deeply";
        }
        if (!argument("prop").isEmpty()) {
            return "{" + argument("expression") + "} has no value";
        }
        return origin.filter(exception -> exception == root && exception.getMessageTemplate() != null)
                .map(Complaint::filledIn)
                // Not its message: it may hold the data.
                .orElseGet(() -> "cannot be rendered (" + root.getClass().getSimpleName() + ")");
    }

    private static String filledIn(TemplateException exception) {
        // Qute's own begin with a piece of template that names the place.
        String message =
                exception.getMessageTemplate().replaceFirst("^(Parser|Rendering) error\\{#if .*?\\{/if}: ", "");
        Map<String, Object> arguments = exception.getArguments();
        return PLACEHOLDER
                .matcher(message)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null
                                ? found.group().substring(1)
                                : String.valueOf(arguments.get(found.group(1)))));
    }
}
