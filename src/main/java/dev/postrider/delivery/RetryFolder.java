package dev.postrider.delivery;

import dev.postrider.intake.DeferredFiles;
import dev.postrider.submission.Origin.InboxFile;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Puts deferred files, and those that came before their time, into {@code .deferred/}. Thread-safe. */
@Singleton
@Named("retryFolder")
@RegisterForReflection
public class RetryFolder {

    private final Optional<DeferredFiles> files;
    private final UntilStored untilStored;

    RetryFolder(Optional<DeferredFiles> files, UntilStored untilStored) {
        this.files = files;
        this.untilStored = untilStored;
    }

    /** Returns when it is on disk. */
    public void store(Settlement settlement) {
        Deferral deferral = settlement.deferral().orElseThrow();
        InboxFile file = (InboxFile) deferral.arrival().origin();
        untilStored.store(
                "put into .deferred/ the file " + file.name(),
                () -> files.orElseThrow()
                        .defer(file, deferral.history(), deferral.next().due()));
    }
}
