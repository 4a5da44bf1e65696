package dev.postrider.ops;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/** The route files as they are configured, for telling a person where to look. */
record RouteFiles(List<String> locations) {

    static RouteFiles configured() {
        return new RouteFiles(ConfigProvider.getConfig()
                .getOptionalValues("camel.main.routes-include-pattern", String.class)
                .orElse(List.of()));
    }

    /** {@code file, line n}: the line of the route's file that mentions the word; without a word that of its id. */
    Optional<String> find(String routeId, Optional<String> word) {
        for (String location : locations) {
            List<String> lines = lines(location);
            int id = lineWith(lines, "id: " + routeId);
            if (id > 0) {
                int line = word.map(mentioned -> lineWith(lines, mentioned))
                        .filter(found -> found > 0)
                        .orElse(id);
                return Optional.of(location + ", line " + line);
            }
        }
        return Optional.empty();
    }

    /** The first line of this file with this text, counted from 1; 0 when there is none. */
    int line(String location, String text) {
        return lineWith(lines(location), text);
    }

    private static int lineWith(List<String> lines, String text) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static List<String> lines(String location) {
        String path = location.substring(location.indexOf(':') + 1);
        try {
            if (!location.startsWith("classpath:")) {
                return Files.readAllLines(Path.of(path));
            }
            try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(path)) {
                return in == null
                        ? List.of()
                        : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                                .lines()
                                .toList();
            }
        } catch (IOException e) {
            return List.of(); // Then the explanation has no line, which is better than no explanation.
        }
    }
}
