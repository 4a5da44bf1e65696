package dev.postrider.redrive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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

    static final String REPORT = ".failure.json";
    static final String SIDECAR = ".json";

    /** @throws RedriveFailure when the watched folder is none */
    static DeadLetterFiles in(Path root) {
        if (!Files.isDirectory(root)) {
            throw new RedriveFailure("postrider.folder.path: " + root + " is no folder");
        }
        return new DeadLetterFiles(
                root.resolve("dead-letters"),
                root.resolve(".redriven"),
                root.resolve(".work"),
                root.resolve(".redrive"));
    }

    /** Names of the dead letters there are, sorted. */
    List<String> names() throws IOException {
        return list(deadLetters).stream()
                .filter(name -> !name.startsWith("."))
                .filter(name -> !name.endsWith(REPORT) || Files.exists(report(name)))
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
        return deadLetters.resolve(name + REPORT);
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

    /** On disk for good, whole or not at all. */
    static void write(Path file, byte[] content) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                written, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        force(file.getParent());
    }

    /** The renames themselves survive a power cut only with the folder. */
    static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static RedriveFailure failure(String what, IOException e) {
        return new RedriveFailure("could not " + what + ": " + e, new UncheckedIOException(e));
    }
}
