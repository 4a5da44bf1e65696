package dev.postrider.redrive;

import dev.postrider.disk.SpoolNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders that a redrive moves files between, below the watched folder. Thread-safe.
 *
 * @param deadLetters where they are parked
 * @param redriven where the application takes them from: {@code U} with {@code U.json} beside it
 * @param work where it has those it is at; their {@code U.json} stays
 * @param own the command's own: its lock, and what an edit is made of
 */
record DeadLetterFiles(Path deadLetters, Path redriven, Path work, Path own) {

    /** @throws RedriveFailure when the watched folder is none */
    static DeadLetterFiles in(Path root) {
        if (!Files.isDirectory(root)) {
            throw new RedriveFailure("postrider.folder.path: " + root + " is no folder");
        }
        return new DeadLetterFiles(
                root.resolve(SpoolNames.DEAD_LETTERS),
                root.resolve(SpoolNames.REDRIVEN),
                root.resolve(SpoolNames.WORK),
                root.resolve(".redrive"));
    }

    /** Names of the dead letters there are, sorted. */
    List<String> names() throws IOException {
        return list(deadLetters).stream()
                .filter(name -> !name.startsWith("."))
                .filter(name -> !name.endsWith(SpoolNames.REPORT) || Files.exists(report(name)))
                .filter(this::isLetter)
                .toList();
    }

    boolean isLetter(String name) {
        return Files.isRegularFile(letter(name), LinkOption.NOFOLLOW_LINKS);
    }

    Path letter(String name) {
        return deadLetters.resolve(name);
    }

    Path report(String name) {
        return deadLetters.resolve(name + SpoolNames.REPORT);
    }

    static List<String> list(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                files.forEach(file -> names.add(file.getFileName().toString()));
            }
        }
        names.sort(null);
        return names;
    }

    static RedriveFailure failure(String what, IOException e) {
        return new RedriveFailure("could not " + what + ": " + e, new UncheckedIOException(e));
    }
}
