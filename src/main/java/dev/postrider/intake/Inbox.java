package dev.postrider.intake;

import dev.postrider.submission.Arrival;
import dev.postrider.submission.History;
import dev.postrider.submission.Origin;
import dev.postrider.submission.Receipt;
import dev.postrider.submission.RequestLimits;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Takes files out of {@code inbox/}, each once, never more than there is room for. Not Camel's file component: its keys
 * of what is in progress have leaked (CAMEL-24093), and a leaked key is a file nobody reads again. Here the state is the
 * file system: a file in {@code .work/} is taken, and what stands there at the start was taken by a run that died.
 */
@Singleton
@Named("inbox")
@RegisterForReflection
public class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);

    private final Optional<Spool> spool;
    private final FolderConfig config;
    private final int maxBytes;
    private final InFlight inFlight;
    private final Deque<String> leftOver = new ArrayDeque<>();
    private final Optional<DeferredFiles> deferred;
    private final Optional<DoneFiles> done;

    Inbox(
            Optional<Spool> spool,
            Optional<DeferredFiles> deferred,
            FolderConfig config,
            InFlight inFlight,
            RequestLimits limits)
            throws IOException {
        this.spool = spool;
        this.deferred = deferred;
        this.done = spool.map(folders -> new DoneFiles(folders.done(), config.keepDone(), Clock.systemUTC()));
        this.config = config;
        this.maxBytes = limits.maxRequestBytes();
        this.inFlight = inFlight;
        if (spool.isPresent()) {
            findLeftOver(spool.get());
        }
    }

    private void findLeftOver(Spool folders) throws IOException {
        leftOver.addAll(Spool.names(folders.work()));
        if (!leftOver.isEmpty()) {
            LOG.infof("found %d files in .work/ that a previous run had not finished; they go first", leftOver.size());
        }
    }

    /**
     * The files that wait, claimed one by one as they are asked for. Ends when the inbox is empty, or when no room came
     * up for a while. One thread at a time.
     */
    public Iterator<Arrival> claim() throws IOException {
        if (deferred.isPresent()) {
            deferred.get().admitRedriven();
        }
        done.ifPresent(DoneFiles::sweep);
        return spool.isPresent() ? new Claims(this, spool.get(), config) : Collections.emptyIterator();
    }

    /** Waits a little for room. */
    boolean awaitRoom() throws InterruptedException {
        return inFlight.awaitRoom(config.pollInterval());
    }

    /** What goes before the inbox: files the last run had claimed, and deferred ones whose time has come. */
    Optional<Arrival> nextWaiting(Spool folders) {
        if (!leftOver.isEmpty()) {
            return Optional.of(arrival(folders, leftOver.remove()));
        }
        return deferred.flatMap(DeferredFiles::claimDue).map(due -> arrival(folders, due.file(), due.history()));
    }

    /** A file claimed from the inbox. */
    Arrival arrival(Spool folders, String name) {
        return arrival(folders, Origin.InboxFile.at(folders.work().resolve(name), name), History.none());
    }

    /** A claimed file, read, with the receipt that puts it away. */
    private Arrival arrival(Spool folders, Origin.InboxFile file, History history) {
        byte[] content = read(file.claimed());
        int bytes = content == null ? 0 : content.length;
        inFlight.take(bytes);
        AtomicBoolean settled = new AtomicBoolean();
        Receipt receipt = new Receipt() {
            @Override
            public void settle() throws IOException {
                if (!settled.get()) {
                    folders.done(file);
                    if (deferred.isPresent()) {
                        deferred.get().settled(file);
                    }
                    if (settled.compareAndSet(false, true)) {
                        inFlight.release(bytes);
                    }
                }
            }

            /** It stays in .work/, where the next start finds it. */
            @Override
            public void leave() {
                if (settled.compareAndSet(false, true)) {
                    inFlight.release(bytes);
                }
            }

            @Override
            public boolean mayBegin() {
                return inFlight.stores().isWell();
            }

            @Override
            public boolean awaitTurn() throws InterruptedException {
                return inFlight.stores().awaitWell();
            }
        };
        return new Arrival(file, content, history, Optional.empty(), receipt);
    }

    /** The content, cut one byte past the limit, so that a reader sees that it is too large. */
    private byte[] read(Path claimed) {
        try (InputStream in = Files.newInputStream(claimed)) {
            return in.readNBytes(maxBytes + 1);
        } catch (IOException e) {
            LOG.warnf("%s cannot be read: %s", claimed.getFileName(), e);
            return null;
        }
    }
}
