package dev.postrider.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.disk.DurableFile;
import dev.postrider.disk.SpoolNames;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Sends dead letters of the folder back. The sidecar comes first; then one rename is the moment at which a file is
 * redriven, and what remains is tidying up, which the next run does if this one cannot:
 *
 * <pre>
 * as it was   dead-letters/NAME ──────────────────────────► .redriven/U
 * edited      dead-letters/NAME ──► .redrive/U.original     and then .redrive/U.edited ──► .redriven/U
 * </pre>
 */
final class FolderRedriving implements Redriving {

    private final DeadLetterFiles files;
    private final Listener listener;
    private final FileChannel lock;

    /** @throws RedriveFailure when another run is at this folder */
    FolderRedriving(DeadLetterFiles files, Listener listener) throws IOException {
        this.files = files;
        this.listener = listener;
        Files.createDirectories(files.redriven());
        Files.createDirectories(files.own());
        this.lock = lock(files);
        new FolderRecovery(files).recover();
    }

    private static FileChannel lock(DeadLetterFiles files) throws IOException {
        FileChannel channel =
                FileChannel.open(files.own().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException ofThisProcess) {
            // Taken, as by another process.
        }
        channel.close();
        throw new RedriveFailure("another redrive is at " + files.deadLetters() + "; run it again when that is done");
    }

    @Override
    public void redrive(Letter letter, Outgoing outgoing) throws Refused {
        FolderLetter dead = (FolderLetter) letter;
        // The dot keeps it apart from every name that came through the inbox.
        String unique = "." + UUID.randomUUID();
        try {
            Path redriven = files.redriven().resolve(unique);
            DurableFile.write(files.redriven().resolve(unique + SpoolNames.NOTE), Json.bytes(sidecar(dead, outgoing)));
            if (outgoing.edited()) {
                Path edited = files.own().resolve(unique + FolderRecovery.EDITED);
                Path original = files.own().resolve(unique + FolderRecovery.ORIGINAL);
                DurableFile.write(edited, outgoing.content().orElseThrow());
                // The Message-ID of a request without id is made of it, too.
                Files.setLastModifiedTime(edited, Files.getLastModifiedTime(dead.file()));
                Files.move(dead.file(), original, StandardCopyOption.ATOMIC_MOVE);
                Files.move(edited, redriven, StandardCopyOption.ATOMIC_MOVE);
                Files.delete(original);
            } else {
                Files.move(dead.file(), redriven, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.deleteIfExists(files.report(dead.fileName()));
        } catch (NoSuchFileException gone) {
            throw new Refused("it is not there any more");
        } catch (IOException e) {
            throw DeadLetterFiles.failure("redrive " + letter.parked().place(), e);
        }
        listener.redriven(1);
    }

    private static ObjectNode sidecar(FolderLetter letter, Outgoing outgoing) {
        Parked parked = letter.parked();
        String original = Optional.of(parked.source().path("file"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .orElseGet(letter::fileName);
        ObjectNode sidecar = History.redriven(parked, outgoing.recipients());
        sidecar.withObject("source").putIfAbsent("file", sidecar.textNode(original));
        return sidecar.put("file", original).put("due", Instant.now().toString());
    }

    @Override
    public void finish() {
        try {
            DurableFile.forceFolder(files.redriven());
            DurableFile.forceFolder(files.deadLetters());
        } catch (IOException e) {
            throw DeadLetterFiles.failure("write " + files.redriven() + " to disk", e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw DeadLetterFiles.failure("give up the lock in " + files.own(), e);
        }
    }
}
