package dev.postrider.intake;

import dev.postrider.disk.RegularFile;
import dev.postrider.process.FatalErrors;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.History;
import dev.postrider.submission.Origin.InboxFile;
import dev.postrider.submission.Receipt;
import dev.postrider.submission.RequestLimits;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
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
    private final List<PathMatcher> ignored;
    /** In {@code .work/}, and not handed over yet. */
    private final Deque<DeferredFiles.Claimed> claimed = new ArrayDeque<>();

    private final Optional<DeferredFiles> deferred;
    private final Optional<DoneFiles> done;
    private final Optional<FolderWatch> watch;

    Inbox(
            Optional<Spool> spool,
            Optional<DeferredFiles> deferred,
            FolderConfig config,
            InFlight inFlight,
            RequestLimits limits,
            Clock clock)
            throws IOException {
        this.spool = spool;
        this.deferred = deferred;
        this.done = spool.map(folders -> new DoneFiles(folders.done(), config.keepDone(), clock));
        this.watch =
                spool.map(folders -> new FolderWatch(folders, config.minFree().asLongValue()));
        this.config = config;
        this.maxBytes = limits.maxRequestBytes();
        this.inFlight = inFlight;
        this.ignored =
                config.ignore().orElse(List.of()).stream().map(Inbox::matcher).toList();
        if (spool.isPresent()) {
            findLeftOver(spool.get());
        }
    }

    private static PathMatcher matcher(String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("postrider.folder.ignore: " + glob + " is no glob, as *.tmp is one", e);
        }
    }

    private void findLeftOver(Spool folders) throws IOException {
        for (String name : Spool.names(folders.work())) {
            if (folders.isRegular(name)) {
                claimed.add(fromInbox(folders, name));
            }
        }
        if (!claimed.isEmpty()) {
            LOG.infof("found %d files in .work/ that a previous run had not finished; they go first", claimed.size());
        }
    }

    /**
     * The files that wait, claimed one by one as they are asked for. Ends when the inbox is empty, or when no room came
     * up for a while. One thread at a time.
     */
    public Iterator<Arrival> claim() {
        done.ifPresent(DoneFiles::sweep); // Also on a full disk: it makes room.
        if (watch.isEmpty() || !watch.get().isUsable()) {
            return Collections.emptyIterator();
        }
        try {
            if (deferred.isPresent()) {
                deferred.get().admitRedriven();
            }
            return new Claims(this, spool.orElseThrow(), config);
        } catch (IOException e) {
            notListed(e);
        } catch (RuntimeException | Error e) {
            endedEarly(e);
        }
        return Collections.emptyIterator();
    }

    /** What is wrong with the watched folder; empty when all is well, or when none is watched. */
    public Optional<String> trouble() {
        return watch.flatMap(FolderWatch::trouble);
    }

    /** An Error would end Camel's timer, and the intake with it. What was claimed is handed over by the next look. */
    static void endedEarly(Throwable failure) {
        FatalErrors.check(failure);
        LOG.error("a look into inbox/ ended early, the next one goes on", failure);
    }

    void notListed(IOException failure) {
        watch.orElseThrow().failed("it cannot be listed: " + RegularFile.why(failure));
    }

    void listed() {
        watch.orElseThrow().works();
    }

    /** Waits a little for room, on the disk and in memory. */
    boolean awaitRoom() throws InterruptedException {
        return watch.orElseThrow().hasRoom() && inFlight.awaitRoom(config.pollInterval());
    }

    /** Whether a file of this name is still being written, by what the settings say. */
    boolean isIgnored(Path name) {
        return ignored.stream().anyMatch(glob -> glob.matches(name));
    }

    /** What goes before the inbox: files the last run had claimed, and deferred ones whose time has come. */
    Optional<Arrival> nextWaiting(Spool folders) {
        if (claimed.isEmpty()) {
            deferred.flatMap(DeferredFiles::claimDue).ifPresent(claimed::add);
        }
        return claimed.isEmpty() ? Optional.empty() : Optional.of(handOver(folders));
    }

    /** A file claimed from the inbox. */
    Arrival arrival(Spool folders, String name) {
        claimed.addFirst(fromInbox(folders, name));
        return handOver(folders);
    }

    private static DeferredFiles.Claimed fromInbox(Spool folders, String name) {
        return new DeferredFiles.Claimed(InboxFile.at(folders.work().resolve(name), name), History.none());
    }

    /** Takes the next one off only at the end: after an Error it is still there, to be read again. */
    private Arrival handOver(Spool folders) {
        DeferredFiles.Claimed next = claimed.element();
        Arrival arrival = arrival(folders, next.file(), next.history());
        claimed.remove();
        return arrival;
    }

    /** A claimed file, read, with the receipt that puts it away. */
    private Arrival arrival(Spool folders, InboxFile file, History history) {
        byte[] content = null;
        Optional<String> fault = Optional.empty();
        try {
            // One byte past the limit, so that a reader sees that it is too large.
            content = RegularFile.read(file.claimed(), maxBytes + 1);
        } catch (IOException e) {
            fault = Optional.of("the file cannot be read: " + RegularFile.why(e));
        }
        return arrival(folders, file, history, content, fault);
    }

    private Arrival arrival(Spool folders, InboxFile file, History history, byte[] content, Optional<String> fault) {
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
        return new Arrival(file, content, history, fault, receipt);
    }
}
