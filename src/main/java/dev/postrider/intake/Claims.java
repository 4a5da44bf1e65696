package dev.postrider.intake;

import dev.postrider.disk.RegularFile;
import dev.postrider.disk.SpoolNames;
import dev.postrider.submission.Arrival;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** One look into {@code inbox/}: claims file after file as the route asks for them. Lists lazily, so a huge folder is fine. */
final class Claims implements Iterator<Arrival> {

    private static final Logger LOG = Logger.getLogger(Claims.class);

    /** What stands beside a file has its name and a little more; file systems take 255 bytes. */
    private static final int LONGEST_NAME = 200;

    private static final String INEXPRESSIBLE =
            "has a name that this locale cannot express and stays where it is; rename it, or start with LC_ALL=C.UTF-8";

    private final Inbox inbox;
    private final Spool spool;
    private final FolderConfig config;
    private final DirectoryStream<Path> listing;
    private final Iterator<Path> files;
    private Arrival next;
    private boolean ended;

    @SuppressWarnings("StreamResourceLeak") // Closed at the end of the look.
    Claims(Inbox inbox, Spool spool, FolderConfig config) throws IOException {
        this.inbox = inbox;
        this.spool = spool;
        this.config = config;
        this.listing = Files.newDirectoryStream(spool.inbox());
        this.files = listing.iterator();
    }

    @Override
    public boolean hasNext() {
        try {
            boolean more = true;
            while (next == null && more && !ended && inbox.awaitRoom()) {
                Optional<Arrival> waiting = inbox.nextWaiting(spool);
                more = waiting.isPresent() || hasMoreFiles();
                if (waiting.isPresent()) {
                    next = waiting.get();
                } else if (more) {
                    next = claim(files.next()).orElse(null);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DirectoryIteratorException e) {
            inbox.notListed(e.getCause());
        } catch (RuntimeException | Error e) {
            Inbox.endedEarly(e);
        }
        if (next == null) {
            end();
        }
        return next != null;
    }

    private boolean hasMoreFiles() {
        boolean more = files.hasNext();
        inbox.listed();
        return more;
    }

    /** For good: Camel's split asks once more when it is done, to clean up, and does nothing with the answer. */
    private void end() {
        ended = true;
        try {
            listing.close();
        } catch (IOException e) {
            LOG.debugf("closing the listing of inbox/: %s", e.getMessage());
        }
    }

    @Override
    public Arrival next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Arrival claimed = next;
        next = null;
        return claimed;
    }

    private Optional<Arrival> claim(Path file) {
        String name = file.getFileName().toString();
        try {
            return ready(file, name) && spool.claim(name) ? Optional.of(inbox.arrival(spool, name)) : Optional.empty();
        } catch (NoSuchFileException e) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                spool.complain(name, INEXPRESSIBLE); // Its bytes are not of this locale, its name leads nowhere.
            } else {
                LOG.infof("%s vanished before it was taken", Spool.printable(name));
            }
        } catch (IOException e) {
            spool.complain(name, "cannot be taken: " + RegularFile.why(e));
        } catch (InvalidPathException e) {
            spool.complain(name, INEXPRESSIBLE);
        }
        return Optional.empty();
    }

    private boolean ready(Path file, String name) throws IOException {
        if (name.startsWith(".") || inbox.isIgnored(file.getFileName())) {
            return false; // Being written, by agreement.
        }
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            spool.complain(name, Spool.IRREGULAR);
            return false;
        }
        if (name.endsWith(SpoolNames.REPORT)) {
            spool.complain(name, "is the report of a dead letter and stays where it is; to send it again use redrive");
            return false;
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            spool.complain(name, "has a name of more than " + LONGEST_NAME + " bytes and stays where it is; rename it");
            return false;
        }
        Duration age = Duration.between(attributes.lastModifiedTime().toInstant(), Instant.now());
        return config.settleTime().isZero() || age.compareTo(config.settleTime()) >= 0;
    }
}
