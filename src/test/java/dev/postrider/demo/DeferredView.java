package dev.postrider.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which files wait in {@code .deferred/}, by the notes beside them. For one thread. */
final class DeferredView {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Set<Path> seen = new HashSet<>();

    DeferredView(Path spool) {
        this.folder = spool.resolve(".deferred");
    }

    /** Each attempt puts a file there under another name. */
    List<Event> news() throws IOException {
        List<Event> news = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path note : files.filter(DeferredView::isNote).sorted().toList()) {
                if (seen.add(note)) {
                    event(note).ifPresent(news::add);
                }
            }
        }
        return news;
    }

    private static boolean isNote(Path file) {
        return file.getFileName().toString().matches("\\..*~[0-9a-f]+\\.json");
    }

    /** Nothing when it is gone already, or has not been tried: it was redriven then. */
    private static Optional<Event> event(Path path) throws IOException {
        try {
            JsonNode note = JSON.readTree(Files.readString(path));
            List<String> left = new ArrayList<>();
            note.path("recipients").forEach(recipient -> left.add(recipient.asText()));
            JsonNode attempts = note.path("attempts");
            return attempts.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Event.of(
                            Event.Kind.DEFERRED,
                            ".deferred/" + note.path("source").path("file").asText() + " for " + Few.inLine(left),
                            attempts.get(attempts.size() - 1).path("reply").asText()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
