package dev.postrider.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
 * rewritten. After a failure the file is opened anew, which looks after a line that was cut off. Not thread-safe.
 */
final class HourlyFiles implements AutoCloseable {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH'.txt'", Locale.ROOT);

    private final Path folder;
    private final Duration window;
    private Path current;
    private FileChannel channel;
    private boolean unforced;

    HourlyFiles(Path folder, Duration window) {
        this.folder = folder;
        this.window = window;
    }

    /** All whole lines of all files of the window, oldest file first. */
    void read(Instant now, Consumer<Entry> reader) throws IOException {
        Files.createDirectories(folder);
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

    /** Hands over to the operating system: survives the end of this process, though not yet that of the machine. */
    void append(List<Entry> entries, Instant now) throws IOException {
        StringBuilder lines = new StringBuilder();
        entries.forEach(entry -> lines.append(LedgerLine.write(entry)));
        ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII));
        open(now);
        long before = channel.position();
        try {
            unforced = true;
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            channel.truncate(before); // A part of it may be there; all of it is going to be tried again.
            throw e;
        }
    }

    /** Puts what was appended on the disk. */
    void force() throws IOException {
        if (unforced) {
            channel.force(false);
            unforced = false;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            FileChannel closing = channel;
            channel = null;
            unforced = false;
            closing.close();
        }
    }

    private void open(Instant now) throws IOException {
        Path file = folder.resolve(HOUR.format(now.atOffset(ZoneOffset.UTC)));
        if (channel != null && file.equals(current)) {
            return;
        }
        if (channel != null) {
            force();
            close();
        }
        deleteOld(now);
        current = file;
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        long size = channel.size();
        channel.position(size);
        if (size > 0 && lastByte(size) != '\n') {
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
    }

    private byte lastByte(long size) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel.read(last, size - 1) == 1 ? last.get(0) : 0;
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
