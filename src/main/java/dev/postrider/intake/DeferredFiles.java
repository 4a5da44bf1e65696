package dev.postrider.intake;

import dev.postrider.disk.DurableFile;
import dev.postrider.disk.RegularFile;
import dev.postrider.disk.SpoolNames;
import dev.postrider.submission.History;
import dev.postrider.submission.HistoryJson;
import dev.postrider.submission.Origin.InboxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The files that wait in {@code .deferred/} until their time has come. Each has a note beside it with its history, its name
 * in the inbox and the time: {@code .order.json~1f9c22ab} and {@code .order.json~1f9c22ab.json}. No file of the inbox begins
 * with a dot. Claimed, it is in {@code .work/} under the same name, and the note stays where it is until the file is settled.
 *
 * <p>The order of writing decides what a crash leaves behind: the note is there before the file, and goes after it. A note
 * without a file is left over and removed; a file is never without its note. Thread-safe.
 */
public final class DeferredFiles {

    private static final Logger LOG = Logger.getLogger(DeferredFiles.class);
    private static final int RANDOM_CHARACTERS = 8;
    private static final int LARGEST_NOTE = 16 << 20;
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final Spool spool;
    private final Clock clock;
    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparing(Waiting::due).thenComparing(Waiting::name));

    private record Waiting(Instant due, String name) {}

    /** A file that was claimed, with what its note says. */
    record Claimed(InboxFile file, History history) {}

    public DeferredFiles(Spool spool, Clock clock) throws IOException {
        this.spool = spool;
        this.clock = clock;
        for (String name : Spool.names(spool.work())) {
            if (isDeferred(name)) {
                DurableFile.move(
                        spool.work().resolve(name), spool.deferred().resolve(name)); // The last run died over it.
            }
        }
        removeNotesWithoutFile();
        for (String name : Spool.names(spool.deferred())) {
            if (isDeferred(name) && !name.endsWith(SpoolNames.NOTE)) {
                add(name, dueOf(name));
            }
        }
    }

    /** Whether a name in {@code .work/} is that of a deferred file. */
    static boolean isDeferred(String name) {
        return name.startsWith(".");
    }

    /** How many wait. */
    public synchronized int size() {
        return waiting.size();
    }

    /** Puts a claimed file away until then. Returns when that is on disk. */
    public void defer(InboxFile file, History history, Instant due) throws IOException {
        String random = UUID.randomUUID().toString().substring(0, RANDOM_CHARACTERS);
        String name = "." + file.fileName() + "~" + random; // So that only notes end as notes do.
        DurableFile.write(note(name), HistoryJson.write(history, HistoryJson.Source.of(file), Optional.of(due)) + "\n");
        try {
            DurableFile.move(file.claimed(), spool.deferred().resolve(name));
        } catch (IOException e) {
            Files.deleteIfExists(note(name)); // The next try has another name.
            throw e;
        }
        add(name, due);
    }

    /** Takes the file that has been due longest, if one is. */
    Optional<Claimed> claimDue() {
        Optional<String> due = pollDue();
        try {
            return due.isEmpty() ? Optional.empty() : Optional.of(claim(due.get()));
        } catch (NoSuchFileException e) {
            LOG.infof("deferred file %s is not there any more", due.get());
            return Optional.empty();
        } catch (IOException e) {
            LOG.errorf("deferred file %s cannot be taken, next try in a minute: %s", due.get(), e);
            add(due.get(), clock.instant().plus(AFTER_FAILURE));
            return Optional.empty();
        }
    }

    /** Looks for files that the redrive command has put down, and lets them wait for nothing. */
    void admitRedriven() throws IOException {
        for (String name : Spool.names(spool.redriven())) {
            Path redrivenNote = spool.redriven().resolve(name + SpoolNames.NOTE);
            if (isDeferred(name) && (Files.exists(redrivenNote) || Files.exists(note(name)))) {
                moveIfThere(redrivenNote, note(name));
                moveIfThere(spool.redriven().resolve(name), spool.deferred().resolve(name));
                add(name, Instant.MIN);
            }
        }
    }

    /** To be called when a claimed file is settled; the note is no longer needed. */
    void settled(InboxFile file) throws IOException {
        String name = file.claimed().getFileName().toString();
        if (isDeferred(name)) {
            Files.deleteIfExists(note(name));
        }
    }

    private Claimed claim(String name) throws IOException {
        Path file = spool.deferred().resolve(name);
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new IOException("not a regular file");
        }
        HistoryJson note = read(name);
        Path claimed = spool.work().resolve(name);
        Files.move(file, claimed, StandardCopyOption.ATOMIC_MOVE);
        String fileName = note.source()
                .filter(HistoryJson.Source.File.class::isInstance)
                .map(source -> ((HistoryJson.Source.File) source).name())
                .orElse(name.substring(1));
        return new Claimed(InboxFile.at(claimed, fileName), note.history());
    }

    private HistoryJson read(String name) throws IOException {
        try {
            return HistoryJson.read(RegularFile.read(note(name), LARGEST_NOTE));
        } catch (IllegalArgumentException | NoSuchFileException e) {
            throw new IOException(note(name) + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A note that cannot be read is complained of when it is claimed, so at once. */
    private Instant dueOf(String name) {
        try {
            return read(name).due().orElse(Instant.MIN);
        } catch (IOException e) {
            return Instant.MIN;
        }
    }

    private synchronized void add(String name, Instant due) {
        waiting.add(new Waiting(due, name));
    }

    private synchronized Optional<String> pollDue() {
        boolean due = !waiting.isEmpty() && !waiting.peek().due().isAfter(clock.instant());
        return due ? Optional.of(waiting.remove().name()) : Optional.empty();
    }

    private void removeNotesWithoutFile() throws IOException {
        List<String> names = Spool.names(spool.deferred());
        for (String note : names) {
            String name =
                    note.endsWith(SpoolNames.NOTE) ? note.substring(0, note.length() - SpoolNames.NOTE.length()) : note;
            boolean orphan = note.endsWith(SpoolNames.NOTE)
                    && !Files.exists(spool.deferred().resolve(name))
                    && !Files.exists(spool.redriven().resolve(name));
            if (orphan) {
                LOG.debugf("%s has no file any more", note);
                Files.deleteIfExists(spool.deferred().resolve(note));
            }
        }
    }

    private static void moveIfThere(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            LOG.debugf("%s was moved before", from.getFileName()); // By the run that died between the two.
        }
    }

    private Path note(String name) {
        return spool.deferred().resolve(name + SpoolNames.NOTE);
    }
}
