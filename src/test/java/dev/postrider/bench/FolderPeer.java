package dev.postrider.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The packaged application with a watched folder: its turn is an inbox full of files, until all of them are put away. */
final class FolderPeer implements Peer {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final RelayProcess relay;
    private final Path home;
    private final int files;
    private Optional<Application> application = Optional.empty();
    private Path spool = Path.of("");
    private long number;

    FolderPeer(RelayProcess relay, Path home, int files) {
        this.relay = relay;
        this.home = home;
        this.files = files;
    }

    @Override
    public String name() {
        return Peers.FOLDER;
    }

    @Override
    public void enter(Cell cell) throws Exception {
        Path folder = Files.createTempDirectory(home, "folder-");
        spool = folder.resolve("spool");
        Files.createDirectories(spool.resolve("inbox"));
        var settings = Application.settings(relay.port(cell.offer(), cell.delay()), cell.sessions(), home);
        settings.put("postrider.folder.path", spool.toString());
        settings.put("postrider.folder.poll-interval", "100ms");
        application = Optional.of(Application.start(folder, List.of(JavaCommand.HEAP), settings));
        int few = BenchSettings.warmUp(files);
        write(cell, few);
        run(few);
    }

    @Override
    public void prepare(Cell cell) throws IOException {
        write(cell, files);
    }

    private void write(Cell cell, int count) throws IOException {
        Path written = Files.createDirectories(spool.resolveSibling("written"));
        for (int i = 0; i < count; i++) {
            String id = "bench-" + number++;
            Files.write(written.resolve(id + ".json"), cell.letter().json(id));
        }
    }

    /** The whole folder takes the place of the empty inbox, so that all files are there at once. */
    @Override
    public Client.Stint run(Cell cell) throws Exception {
        return run(files);
    }

    private Client.Stint run(int count) throws Exception {
        long before = relay.count().messages();
        long begun = System.nanoTime();
        Files.move(spool.resolveSibling("written"), spool.resolve("inbox"), StandardCopyOption.ATOMIC_MOVE);
        relay.awaitMessages(before + count, PATIENCE);
        Waiting.until("all files are put away", PATIENCE, () -> empty("inbox") && empty(".work"));
        return new Client.Stint(count, Duration.ofNanos(System.nanoTime() - begun));
    }

    private boolean empty(String name) throws IOException {
        try (Stream<Path> content = Files.list(spool.resolve(name))) {
            return content.findAny().isEmpty();
        }
    }

    @Override
    public void leave() {
        close();
    }

    @Override
    public Usage usage() {
        return application.orElseThrow().usage();
    }

    @Override
    public void close() {
        application.ifPresent(Application::close);
        application = Optional.empty();
    }
}
