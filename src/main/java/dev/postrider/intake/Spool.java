package dev.postrider.intake;

import dev.postrider.disk.DurableFile;
import dev.postrider.disk.PrivateFolder;
import dev.postrider.disk.RegularFile;
import dev.postrider.disk.SpoolNames;
import dev.postrider.submission.Origin;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
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

    static final String IRREGULAR = "is not a regular file and stays where it is";

    private final Path root;
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
        this.root = root;
        inbox = root.resolve("inbox");
        work = root.resolve(SpoolNames.WORK);
        done = root.resolve(".done");
        deadLetters = root.resolve(SpoolNames.DEAD_LETTERS);
        deferred = root.resolve(".deferred");
        redriven = root.resolve(SpoolNames.REDRIVEN);
        try {
            Files.createDirectories(inbox);
            makeFolders();
            lock = lock(root.resolve(".lock"));
            if (lock == null) {
                throw new IllegalArgumentException("postrider.folder.path: " + root
                        + " is in use by another instance; give each a folder of its own");
            }
            removeHalfWritten();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "postrider.folder.path: cannot use " + root + ": " + RegularFile.why(e)
                            + " (it must be a folder this user may write)",
                    e);
        }
    }

    /** As at the start, when somebody has removed one; the inbox is there. */
    void makeMissingFolders() throws IOException {
        for (Path folder : List.of(work, deferred, redriven, done, deadLetters)) {
            if (!Files.isDirectory(folder)) {
                makeFolders();
                LOG.warnf("%s was not there and was made anew", folder);
            }
        }
    }

    /** How much this user may still write to the disk of the folder; 0 when that cannot be told. */
    long freeBytes() {
        return root.toFile().getUsableSpace();
    }

    /** Writes something beside the outcomes, to see whether that works. */
    void probe(byte[] content) throws IOException {
        Path probe = root.resolve(".probe");
        DurableFile.write(probe, content);
        Files.deleteIfExists(probe);
    }

    /** All but {@code inbox/}. Those in which a file is looked at and then opened are not for others to write in. */
    void makeFolders() throws IOException {
        for (Path folder : List.of(work, deferred, redriven)) {
            PrivateFolder.make(folder);
        }
        for (Path folder : List.of(done, deadLetters)) {
            Files.createDirectories(folder);
        }
    }

    /** What the last run was writing when it died; the file it was of is still in {@code .work/}. */
    private void removeHalfWritten() throws IOException {
        for (String name : names(deadLetters)) {
            if (name.startsWith(".") && RegularFile.is(deadLetters.resolve(name))) {
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
        if (Files.exists(claimed, LinkOption.NOFOLLOW_LINKS)) {
            return false; // A rename would overwrite it. It is this instance's, so nobody creates it in between.
        }
        Files.move(inbox.resolve(name), claimed, StandardCopyOption.ATOMIC_MOVE);
        return isRegular(name);
    }

    /**
     * Looks at a file in {@code .work/}, where nobody else can swap it. In the inbox, between the look and the claim, somebody
     * can have: what is no regular file goes back.
     */
    boolean isRegular(String name) throws IOException {
        if (RegularFile.is(work.resolve(name))) {
            return true;
        }
        Files.move(work.resolve(name), free(inbox, name));
        complain(name, IRREGULAR);
        return false;
    }

    /** Puts away what was relayed; nothing to do for what has gone to the dead letters. */
    synchronized void done(Origin.InboxFile file) throws IOException {
        try {
            Files.move(file.claimed(), free(done, file.fileName()), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            if (!Files.isDirectory(work) || !Files.isDirectory(done)) {
                throw e; // The folders are gone, and perhaps come back with the file in them.
            }
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

    /**
     * A name nobody has in this folder yet: {@code order.json}, {@code order~2.json}, … A few looks are enough where very many
     * files had one name, at the price of a gap here and there.
     */
    public static Path free(Path folder, String name) {
        if (!isTaken(folder.resolve(name))) {
            return folder.resolve(name);
        }
        long taken = 1;
        long free = 2;
        while (isTaken(numbered(folder, name, free))) {
            taken = free;
            free *= 2;
        }
        while (free - taken > 1) {
            long middle = (taken + free) / 2;
            if (isTaken(numbered(folder, name, middle))) {
                taken = middle;
            } else {
                free = middle;
            }
        }
        return numbered(folder, name, free);
    }

    private static Path numbered(Path folder, String name, long number) {
        int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
        return folder.resolve(name.substring(0, dot) + "~" + number + name.substring(dot));
    }

    private static boolean isTaken(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() throws IOException {
        lock.channel().close();
    }
}
