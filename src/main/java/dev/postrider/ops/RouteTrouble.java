package dev.postrider.ops;

import java.io.FileNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says what is wrong with the routes: file, line, mistake. */
final class RouteTrouble {

    /** What Camel's messages call the thing they do not understand. */
    private static final List<Pattern> CULPRITS = Stream.of(
                    "Unsupported field: (\\S+)",
                    "Unknown parameters=\\[\\{([^=}]+)=",
                    "Property with key \\[([^\\]]+)\\]",
                    "Error binding property \\(([^=)]+)=",
                    "could be found in the registry for: ([\\w.-]+)",
                    "endpoint could be found for: ([\\w-]+)")
            .map(Pattern::compile)
            .toList();

    private RouteTrouble() {}

    /** @return empty when the failure has nothing to do with route files */
    static Optional<String> explain(List<Throwable> causes, RouteFiles files) {
        for (Throwable cause : causes) {
            if (cause instanceof MarkedYamlEngineException yaml) {
                return Optional.of(inYaml(yaml, files));
            }
            if (cause instanceof FailedToCreateRouteException failed) {
                return Optional.of(inRoute(failed, causes.get(causes.size() - 1), files));
            }
            if (cause instanceof FileNotFoundException && cause.getMessage().contains(".yaml")) {
                return Optional.of("postrider.routes: " + cause.getMessage()
                        + " (the folder has to hold every file of the list; give another list in"
                        + " camel.main.routes-include-pattern)");
            }
        }
        return Optional.empty();
    }

    /** The parser knows where it was; of a field it does not know, only where the fields around it begin. */
    private static String inYaml(MarkedYamlEngineException yaml, RouteFiles files) {
        String problem = StartupFailure.oneLine(yaml.getProblem() == null ? yaml.getMessage() : yaml.getProblem());
        if (yaml.getProblemMark().isEmpty()) {
            return "a route file: " + problem;
        }
        Mark mark = yaml.getProblemMark().get();
        int line = culprit(problem)
                .map(field -> files.line(mark.getName(), field + ":"))
                .filter(found -> found > 0)
                .orElse(mark.getLine() + 1);
        return mark.getName() + ", line " + line + ": " + problem;
    }

    /** Camel only knows the route; the line is the one with the thing it complains about. */
    private static String inRoute(FailedToCreateRouteException failed, Throwable root, RouteFiles files) {
        String problem = StartupFailure.oneLine(String.valueOf(root.getMessage()));
        String place = files.find(failed.getRouteId(), culprit(problem)).orElse("route " + failed.getRouteId());
        return place + ": " + problem;
    }

    private static Optional<String> culprit(String problem) {
        return CULPRITS.stream()
                .map(pattern -> pattern.matcher(problem))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }
}
