package dev.postrider.intake;

import dev.postrider.disk.SpoolNames;
import dev.postrider.submission.Origin;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The folders of the watched folder. A file is in exactly one of them at any time and goes from one to the next by
 * rename:
 *
 * <pre>
 * inbox/ ──► .work/ ──┬──► .done/          relayed
 *              ▲      ├──► dead-letters/   with NAME.failure.json beside it
 *              └──────┴──► .deferred/      until its time has come, see {@link DeferredFiles}
 * </pre>
 */
public final class Spool implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Spool.class);

    private final Path inbox;
    private final Path work;
    private final Path done;
    private final Path deadLetters;
    private final Path deferred;
    private final Path redriven;
    private final FileLock lock;
    private final Set<String> complained = new HashSet<>();

    /**
     * Makes the folders, and the place ours alone: two instances would each take the other's work for left over.
     *
     * @throws IllegalArgumentException naming the setting when that cannot be done
     */
    public Spool(Path root) {
        inbox = root.resolve("inbox");
        work = root.resolve(SpoolNames.WORK);
        done = root.resolve(".done");
        deadLetters = root.resolve(SpoolNames.DEAD_LETTERS);
        deferred = root.resolve(".deferred");
        redriven = root.resolve(SpoolNames.REDRIVEN);
        try {
            for (Path folder : new Path[] {inbox, work, done, deadLetters, deferred, redriven}) {
                Files.createDirectories(folder);
            }
            lock = lock(root.resolve(".lock"));
            if (lock == null) {
                throw new IllegalArgumentException("postrider.folder.path: " + root
                        + " is in use by another instance; give each a folder of its own");
            }
            removeHalfWritten();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "postrider.folder.path: cannot use " + root + ": " + why(e)
                            + " (it must be a folder this user may write)",
                    e);
        }
    }

    private static String why(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "no permission";
        }
        return failure instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : failure.toString();
    }

    /** What the last run was writing when it died; the file it was of is still in {@code .work/}. */
    private void removeHalfWritten() throws IOException {
        for (String name : names(deadLetters)) {
            if (name.startsWith(".")) {
                Files.delete(deadLetters.resolve(name));
            }
        }
    }

    private static FileLock lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
            }
            return lock;
        } catch (OverlappingFileLockException e) {
            channel.close();
            return null;
        }
    }

    public Path inbox() {
        return inbox;
    }

    public Path work() {
        return work;
    }

    Path done() {
        return done;
    }

    public Path deadLetters() {
        return deadLetters;
    }

    Path deferred() {
        return deferred;
    }

    /** Where the redrive command puts what is to be sent again at once, as in {@code .deferred/}. */
    Path redriven() {
        return redriven;
    }

    /** Takes a file out of the inbox, in one step; false when one of that name is still at work or it is gone. */
    boolean claim(String name) throws IOException {
        Path claimed = work.resolve(name);
        if (Files.exists(claimed)) {
            return false; // A rename would overwrite it. It is this instance's, so nobody creates it in between.
        }
        Files.move(inbox.resolve(name), claimed, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    /** Puts away what was relayed; nothing to do for what has gone to the dead letters. */
    void done(Origin.InboxFile file) throws IOException {
        if (Files.exists(file.claimed())) {
            Files.move(file.claimed(), free(done, file.fileName()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The files of one of the folders, by name. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Says what is wrong with a file in the inbox: once, not at every look. */
    void complain(String name, String what) {
        if (complained.size() < 1_000 && complained.add(name)) {
            LOG.warnf("%s %s", printable(name), what);
        }
    }

    static String printable(String name) {
        return new Origin.InboxFile(Path.of(""), name).name();
    }

    /** A name nobody has in this folder yet: {@code order.json}, {@code order~2.json}, … */
    public static Path free(Path folder, String name) {
        int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
        Path free = folder.resolve(name);
        for (int n = 2; Files.exists(free); n++) {
            free = folder.resolve(name.substring(0, dot) + "~" + n + name.substring(dot));
        }
        return free;
    }

    @Override
    public void close() throws IOException {
        lock.channel().close();
    }
}
