package dev.postrider.intake;

import dev.postrider.disk.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Whether files can be taken from the watched folder, and what becomes of them be noted there. While that is not so none is
 * taken, and readiness is down. One log line for each change. Thread-safe.
 */
final class FolderWatch {

    private static final Logger LOG = Logger.getLogger(FolderWatch.class);
    private static final byte[] PROBE = new byte[64 << 10];

    private final Spool spool;
    private final long minFree;
    private volatile Optional<String> trouble = Optional.empty();
    private boolean proven;

    /** @param minFree so many bytes have to be free for what is under way to be noted */
    FolderWatch(Spool spool, long minFree) {
        this.spool = spool;
        this.minFree = minFree;
    }

    /** What is wrong; empty when all is well. */
    Optional<String> trouble() {
        return trouble;
    }

    /** To be asked before each look into the inbox. */
    synchronized boolean isUsable() {
        Optional<String> found = find();
        found.ifPresent(this::failed);
        return found.isEmpty();
    }

    /** To be asked before each file, so that the disk does not run full while many are taken. A system call. */
    boolean hasRoom() {
        return spool.freeBytes() >= minFree;
    }

    /** A look went wrong. */
    synchronized void failed(String why) {
        proven = false;
        if (!trouble.equals(Optional.of(why))) {
            trouble = Optional.of(why);
            LOG.errorf("nothing is taken from the watched folder: %s", why);
        }
    }

    /** The inbox was listed. */
    void works() {
        if (trouble.isPresent()) {
            trouble = Optional.empty();
            LOG.info("files are taken from the watched folder again");
        }
    }

    private Optional<String> find() {
        Path inbox = spool.inbox();
        if (!Files.isDirectory(inbox)) {
            return Optional.of(inbox + " is not there. Perhaps a file system is not mounted, so Postrider does not make"
                    + " it and waits");
        }
        if (!Files.isReadable(inbox) || !Files.isWritable(inbox) || !Files.isExecutable(inbox)) {
            return Optional.of(inbox + " is not readable and writable for this user");
        }
        try {
            spool.makeMissingFolders();
            if (!hasRoom()) {
                return Optional.of("less than postrider.folder.min-free (" + minFree + " bytes) is free on its disk");
            }
            if (!proven) {
                spool.probe(PROBE);
                proven = true;
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot write in it: " + RegularFile.why(e));
        }
    }
}
