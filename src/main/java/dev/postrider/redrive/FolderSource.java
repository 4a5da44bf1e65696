package dev.postrider.redrive;

import dev.postrider.disk.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The folder of dead letters. Those redriven are not here any more: moving them is redriving them. */
final class FolderSource implements DeadLetterSource {

    private static final int LARGEST_REPORT = 16 << 20;

    private final DeadLetterFiles files;

    FolderSource(DeadLetterFiles files) {
        this.files = files;
    }

    @Override
    public boolean holds(Place place) {
        return place instanceof Place.InFolder;
    }

    @Override
    public void all(Consumer<Letter> visitor) {
        try {
            show(files.names(), visitor);
        } catch (IOException e) {
            throw DeadLetterFiles.failure("list " + files.deadLetters(), e);
        }
    }

    @Override
    public void some(Collection<Place> places, Consumer<Letter> visitor) {
        List<String> names = places.stream()
                .filter(this::holds)
                .map(place -> ((Place.InFolder) place).name())
                .filter(files::isLetter)
                .toList();
        show(names, visitor);
    }

    private void show(List<String> names, Consumer<Letter> visitor) {
        for (String name : names) {
            parked(name).ifPresent(parked -> visitor.accept(new FolderLetter(files.letter(name), parked)));
        }
    }

    /** Empty if it has gone meanwhile. */
    private Optional<Parked> parked(String name) {
        try {
            Instant modified = Files.getLastModifiedTime(files.letter(name)).toInstant();
            return Optional.of(ParkedReader.read(name, report(name), modified));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            throw DeadLetterFiles.failure("read " + files.report(name), e);
        }
    }

    /** Without a report, or with something else in its place, the letter is shown with what is known of it. */
    private String report(String name) throws IOException {
        return RegularFile.is(files.report(name))
                ? new String(RegularFile.read(files.report(name), LARGEST_REPORT), StandardCharsets.UTF_8)
                : "";
    }

    @Override
    public String missing(Place place) {
        return "not there; perhaps it was redriven";
    }

    @Override
    public Redriving begin(Redriving.Listener listener) {
        try {
            return new FolderRedriving(files, listener);
        } catch (IOException e) {
            throw DeadLetterFiles.failure("prepare " + files.redriven(), e);
        }
    }

    @Override
    public String target(Letter letter) {
        return "the folder";
    }

    @Override
    public void close() {
        // It keeps nothing open.
    }
}
