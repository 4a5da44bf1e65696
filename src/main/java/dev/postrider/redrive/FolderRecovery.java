package dev.postrider.redrive;

import dev.postrider.disk.SpoolNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Finishes, or takes back, what a run that was killed had under way in the folder. */
final class FolderRecovery {

    static final String EDITED = ".edited";
    static final String ORIGINAL = ".original";

    /** The application writes the report of a dead letter a moment before it moves the file beside it. */
    private static final Duration MOMENT = Duration.ofMinutes(1);

    private final DeadLetterFiles files;

    FolderRecovery(DeadLetterFiles files) {
        this.files = files;
    }

    /** Only while no other run is at this folder. */
    void recover() throws IOException {
        finishEdits();
        removeSidecarsAlone();
        removeReportsAlone();
    }

    /** With its original out of the dead letters, an edited file is redriven; before that, it never was. */
    private void finishEdits() throws IOException {
        List<String> names = DeadLetterFiles.list(files.own());
        for (String name : names) {
            if (name.endsWith(ORIGINAL)) {
                String unique = name.substring(0, name.length() - ORIGINAL.length());
                Path edited = files.own().resolve(unique + EDITED);
                if (Files.exists(edited)) {
                    Files.move(edited, files.redriven().resolve(unique), StandardCopyOption.ATOMIC_MOVE);
                }
                Files.delete(files.own().resolve(name));
            }
        }
        for (String name : DeadLetterFiles.list(files.own())) {
            if (name.endsWith(EDITED) || name.endsWith(EDITED + ".part")) {
                Files.delete(files.own().resolve(name));
            }
        }
    }

    private void removeSidecarsAlone() throws IOException {
        for (String name : DeadLetterFiles.list(files.redriven())) {
            if (name.endsWith(SpoolNames.NOTE + ".part")) {
                Files.deleteIfExists(files.redriven().resolve(name));
            } else if (name.endsWith(SpoolNames.NOTE)) {
                String unique = name.substring(0, name.length() - SpoolNames.NOTE.length());
                // In this order: the application moves it from the first to the second.
                boolean needed = Files.exists(files.redriven().resolve(unique))
                        || Files.exists(files.work().resolve(unique));
                if (!needed) {
                    Files.deleteIfExists(files.redriven().resolve(name));
                }
            }
        }
    }

    private void removeReportsAlone() throws IOException {
        for (String name : DeadLetterFiles.list(files.deadLetters())) {
            if (name.endsWith(SpoolNames.REPORT) && !name.startsWith(".")) {
                String letter = name.substring(0, name.length() - SpoolNames.REPORT.length());
                Path report = files.deadLetters().resolve(name);
                boolean alone = !Files.exists(files.letter(letter)) && !Files.exists(files.report(name));
                if (alone && olderThanAMoment(report)) {
                    Files.deleteIfExists(report);
                }
            }
        }
    }

    private static boolean olderThanAMoment(Path file) throws IOException {
        return Files.getLastModifiedTime(file)
                .toInstant()
                .isBefore(Instant.now().minus(MOMENT));
    }
}
