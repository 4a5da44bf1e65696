package dev.postrider.delivery;

import dev.postrider.disk.DurableFile;
import dev.postrider.disk.SpoolNames;
import dev.postrider.intake.Spool;
import dev.postrider.submission.Origin.InboxFile;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
    public void store(Settlement settlement) {
        DeadLetter letter = settlement.deadLetter().orElseThrow();
        InboxFile file = (InboxFile) letter.arrival().origin();
        // What others still wait for stays where it is, for them.
        boolean shared = settlement.deferral().isPresent();
        untilStored.store("store the dead letter of " + file.name(), () -> park(file, letter, shared));
    }

    /** One after the other: two files may have had the same name in the inbox, and each is to have its own here. */
    private synchronized void park(InboxFile file, DeadLetter letter, boolean shared) throws IOException {
        Path parked = report(file, letter);
        if (shared) {
            DurableFile.write(parked, letter.arrival().content());
            // The Message-ID of a request without id is made of it, too.
            Files.setLastModifiedTime(parked, FileTime.from(file.modified()));
        } else if (Files.exists(file.claimed())) {
            DurableFile.move(file.claimed(), parked);
        }
    }

    /** The report first: after a crash in between the file still stands in {@code .work/} and is simply done again. */
    private Path report(InboxFile file, DeadLetter letter) throws IOException {
        Path parked = Spool.free(spool.orElseThrow().deadLetters(), file.fileName());
        DurableFile.write(
                parked.resolveSibling(parked.getFileName() + SpoolNames.REPORT),
                out -> FailureReport.pretty(letter, out));
        return parked;
    }
}
