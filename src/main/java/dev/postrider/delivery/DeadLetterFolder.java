package dev.postrider.delivery;

import dev.postrider.intake.Spool;
import dev.postrider.submission.Origin.InboxFile;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Stores dead letters in {@code dead-letters/}: the file byte for byte, and {@code NAME.failure.json} beside it. */
@Singleton
@Named("deadLetterFolder")
@RegisterForReflection
public class DeadLetterFolder {

    private final Optional<Spool> spool;
    private final UntilStored untilStored;

    DeadLetterFolder(Optional<Spool> spool, UntilStored untilStored) {
        this.spool = spool;
        this.untilStored = untilStored;
    }

    /** Returns when both files are on disk. */
    public void store(DeadLetter letter) {
        InboxFile file = (InboxFile) letter.arrival().origin();
        untilStored.store("store the dead letter of " + file.name(), () -> move(file, letter));
    }

    /** The report first: after a crash in between the file still stands in {@code .work/} and is simply done again. */
    private void move(InboxFile file, DeadLetter letter) throws IOException {
        Path folder = spool.orElseThrow().deadLetters();
        Path parked = Spool.free(folder, file.fileName());
        Path report = folder.resolve(parked.getFileName() + ".failure.json");
        Path written = folder.resolve("." + report.getFileName());
        write(written, FailureReport.pretty(letter));
        Files.move(written, report, StandardCopyOption.ATOMIC_MOVE);
        if (Files.exists(file.claimed())) {
            Files.move(file.claimed(), parked, StandardCopyOption.ATOMIC_MOVE);
        }
        force(folder);
    }

    private static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** The renames themselves survive a power cut only with the folder. */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
