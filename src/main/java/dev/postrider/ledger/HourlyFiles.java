package dev.postrider.ledger;

import dev.postrider.disk.LineFile;
import dev.postrider.disk.PrivateFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder of append-only files, one for each hour: {@code 2026-03-01T04.txt}. They are deleted whole, so nothing is ever
 * rewritten. Not thread-safe.
 */
final class HourlyFiles implements AutoCloseable {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH'.txt'", Locale.ROOT);

    private final Path folder;
    private final Duration window;
    private Path current;
    private LineFile file;

    HourlyFiles(Path folder, Duration window) {
        this.folder = folder;
        this.window = window;
    }

    /** All whole lines of all files of the window, oldest file first. */
    void read(Instant now, Consumer<Entry> reader) throws IOException {
        PrivateFolder.make(folder);
        deleteOld(now);
        for (Path file : files()) {
            // Not decoded strictly: what a crash has left may be any bytes.
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    LedgerLine.read(line).ifPresent(reader);
                }
            }
        }
    }

    /** As {@link LineFile#append}. */
    void append(List<Entry> entries, Instant now) throws IOException {
        StringBuilder lines = new StringBuilder();
        entries.forEach(entry -> lines.append(LedgerLine.write(entry)));
        open(now).append(lines.toString());
    }

    /** As {@link LineFile#force}. */
    void force() throws IOException {
        if (file != null) {
            file.force();
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            LineFile closing = file;
            file = null;
            closing.close();
        }
    }

    private LineFile open(Instant now) throws IOException {
        Path path = folder.resolve(HOUR.format(now.atOffset(ZoneOffset.UTC)));
        if (file == null || !path.equals(current)) {
            force();
            close();
            deleteOld(now);
            file = LineFile.open(path);
            current = path;
        }
        return file;
    }

    /** The last entry of a file may be as young as its hour's end. */
    private void deleteOld(Instant now) throws IOException {
        for (Path file : files()) {
            Optional<Instant> hour = hour(file);
            if (hour.isPresent()
                    && hour.get().plus(1, ChronoUnit.HOURS).plus(window).isBefore(now)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> hour(file).isPresent()).sorted().toList();
        }
    }

    private static Optional<Instant> hour(Path file) {
        try {
            return Optional.of(
                    LocalDateTime.parse(file.getFileName().toString(), HOUR).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty(); // Not one of ours.
        }
    }
}
