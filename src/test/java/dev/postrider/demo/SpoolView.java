package dev.postrider.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What comes into the watched folder, and where it ends up. For one thread. */
final class SpoolView {

    private static final String REPORT = ".failure.json";

    private final Path spool;
    private final Set<String> underWay = new HashSet<>();
    private final Set<Path> ended = new HashSet<>();

    SpoolView(Path spool) {
        this.spool = spool;
    }

    /** Files that have been put away or dead-lettered since the last time. */
    List<Path> ends() {
        return Stream.concat(files(".done").stream(), deadLetters().stream())
                .filter(ended::add)
                .toList();
    }

    /** What has come in since the last time, these ends included: some files are through before they are seen. */
    List<Event> arrivals(List<Path> ends) {
        List<Event> arrivals = new ArrayList<>();
        Stream.of(ends, files("inbox"), files(".work"), files(".done"), deadLetters())
                .flatMap(List::stream)
                .filter(file -> ends.contains(file) || !ended.contains(file))
                .map(SpoolView::name)
                .filter(underWay::add)
                .forEach(name -> arrivals.add(Event.of(Event.Kind.IN, "inbox/" + name + ": " + glance(name))));
        ends.forEach(file -> underWay.remove(name(file)));
        return arrivals;
    }

    static Event end(Path file) throws IOException {
        return file.getParent().endsWith(".done")
                ? Event.of(Event.Kind.DONE, ".done/" + file.getFileName())
                : Failure.inFolder(file, Files.readString(report(file)));
    }

    boolean isEmpty() {
        return files("inbox").isEmpty() && files(".work").isEmpty();
    }

    /** As it was in the inbox: where a name was taken already, a number was put into it, {@code order~2.json}. */
    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("~[0-9]+(\\.[^.]*)?$", "$1");
    }

    /** Looked for where it was first, and then where it may have gone meanwhile. */
    private String glance(String name) {
        return Stream.of("inbox", ".work", ".done", "dead-letters")
                .flatMap(folder -> content(spool.resolve(folder).resolve(name)).stream())
                .findFirst()
                .map(RequestGlance::of)
                .orElse("(gone)");
    }

    private static Optional<byte[]> content(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<Path> deadLetters() {
        return files("dead-letters").stream()
                .filter(file -> Files.exists(report(file)))
                .toList();
    }

    private static Path report(Path file) {
        return file.resolveSibling(file.getFileName() + REPORT);
    }

    private List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(spool.resolve(folder))) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
