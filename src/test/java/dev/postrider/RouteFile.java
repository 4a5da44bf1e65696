package dev.postrider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A file of {@code routes/}, as far as the rules about them have to look into it. */
record RouteFile(String name, List<Object> content) {

    private static final Path FOLDER = Path.of("routes");
    private static final Pattern BEAN = Pattern.compile("#bean:(.+)");
    private static final Pattern TYPE = Pattern.compile(" is '([^']+)'");

    static List<RouteFile> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(RouteFile::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RouteFile read(Path file) {
        try {
            Object content = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            return new RouteFile(file.getFileName().toString(), asList(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code relay-message} of {@code 50-relay-message.camel.yaml}. */
    String title() {
        return name.replaceFirst("^\\d\\d-", "").replaceFirst("\\.camel\\.yaml$", "");
    }

    List<Map<String, Object>> routes() {
        return nodes(content, "route").map(RouteFile::asMap).toList();
    }

    /** What stands under {@code from}. */
    List<Object> entrances() {
        return nodes(content, "from").toList();
    }

    /** What stands under {@code to}. */
    List<Object> exits() {
        return nodes(content, "to").toList();
    }

    /** Steps that call a bean: its name, and the method without its arguments. */
    List<Call> calls() {
        return Stream.concat(nodes(content, "bean"), nodes(content, "method"))
                .filter(Map.class::isInstance)
                .map(RouteFile::asMap)
                .map(step -> new Call(
                        String.valueOf(step.get("ref")),
                        String.valueOf(step.get("method")).replaceFirst("\\(.*", "")))
                .toList();
    }

    record Call(String bean, String method) {
        @Override
        public String toString() {
            return bean + "." + method;
        }
    }

    /** Names of all beans, called or given to an endpoint. */
    List<String> beans() {
        return Stream.concat(calls().stream().map(Call::bean), matches(BEAN))
                .distinct()
                .toList();
    }

    /** Java classes that are mentioned. */
    List<String> classes() {
        Stream<String> exceptions = nodes(content, "exception")
                .flatMap(names -> asList(names).stream())
                .map(String::valueOf);
        return Stream.concat(exceptions, matches(TYPE)).distinct().toList();
    }

    private Stream<String> matches(Pattern pattern) {
        return texts(content).flatMap(text -> pattern.matcher(text).results()).map(match -> match.group(1));
    }

    private static Stream<String> texts(Object node) {
        return node instanceof String text ? Stream.of(text) : children(node).flatMap(RouteFile::texts);
    }

    /** Everything under this key, at whatever depth. */
    private static Stream<Object> nodes(Object node, String key) {
        Stream<Object> here =
                node instanceof Map<?, ?> map && map.containsKey(key) ? Stream.of(map.get(key)) : Stream.of();
        return Stream.concat(here, children(node).flatMap(child -> nodes(child, key)));
    }

    private static Stream<?> children(Object node) {
        if (node instanceof Map<?, ?> map) {
            return map.values().stream();
        }
        return node instanceof Collection<?> list ? list.stream() : Stream.of();
    }

    @SuppressWarnings("unchecked") // YAML has no keys but strings here.
    private static Map<String, Object> asMap(Object node) {
        return (Map<String, Object>) node;
    }

    private static List<Object> asList(Object node) {
        return new ArrayList<>((Collection<?>) node);
    }

    @Override
    public String toString() {
        return name;
    }
}
