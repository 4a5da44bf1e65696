package dev.postrider.intake;

import dev.postrider.disk.RegularFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Removes what has been in {@code .done/} for long enough. One thread at a time. */
final class DoneFiles {

    private static final Logger LOG = Logger.getLogger(DoneFiles.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final Path done;
    private final Duration keep;
    private final Clock clock;
    private Instant next = Instant.MIN;

    DoneFiles(Path done, Duration keep, Clock clock) {
        this.done = done;
        this.keep = keep;
        this.clock = clock;
    }

    /** Does something every ten minutes at most, so it may be called as often as one likes. */
    void sweep() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(PAUSE);
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(done)) {
            for (Path file : files) {
                if (RegularFile.is(file) && cameIn(file).isBefore(now.minus(keep))) {
                    Files.deleteIfExists(file);
                    removed++;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warnf("cannot clean up %s: %s", done, e);
        }
        if (removed > 0) {
            LOG.infof("removed %d files that had been in .done/ for %d h", removed, keep.toHours());
        }
    }

    /** When its state last changed, which is when it was put here; its own time is that of whoever wrote it. */
    private static Instant cameIn(Path file) throws IOException {
        return ((FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS)).toInstant();
    }
}
