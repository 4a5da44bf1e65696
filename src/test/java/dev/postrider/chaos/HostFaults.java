package dev.postrider.chaos;

import dev.postrider.fixture.Patience;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The machine itself: a full disk, a clock that jumps. */
final class HostFaults {

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"));
    private static final int BLOCK = 4096;

    /** Past what waits for half an hour; a broker takes no records from more than an hour ahead. */
    private static final Duration AHEAD = Duration.ofMinutes(45);

    private HostFaults() {}

    static List<Fault> of(ChaosSettings settings) {
        Duration moment = settings.moment();
        return List.of(
                Fault.of("the disk of the folder is full", world -> {
                            Path filler = fill(world.spool());
                            world.last(moment);
                            Files.delete(filler);
                        })
                        .prepared(HostFaults::putFolderOnSmallDisk)
                        .unless(HostFaults::cannotMount)
                        .during(moment.plusSeconds(1)),
                Fault.of("the clock jumps ahead by 45 minutes", world -> {
                            world.last(moment);
                            Files.writeString(clock(world), "+45m");
                            world.clockAhead(AHEAD);
                            world.last(moment);
                        })
                        .prepared(HostFaults::useClockOfOurs)
                        .unless(HostFaults::cannotFakeTime)
                        .during(moment.multipliedBy(2)));
    }

    private static void putFolderOnSmallDisk(World world) throws Exception {
        Path spool = world.spool();
        // Small, but more than postrider.folder.min-free: on less nothing begins at all.
        run("mount", "-t", "tmpfs", "-o", "size=24m,mode=755", "tmpfs", spool.toString());
        world.onClose(() -> run("umount", spool.toString()));
        Files.createDirectories(spool.resolve("inbox"));
    }

    /** Writes until nothing fits any more. */
    private static Path fill(Path folder) throws IOException {
        Path filler = folder.resolve(".filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[BLOCK]);
            }
        } catch (IOException full) {
            return filler;
        }
    }

    private static Optional<String> cannotMount() {
        try {
            Path place = Files.createTempDirectory("chaos-mount");
            try {
                run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place.toString());
                run("umount", place.toString());
                return Optional.empty();
            } finally {
                Files.delete(place);
            }
        } catch (Exception e) {
            return Optional.of("a small disk cannot be mounted here (" + e.getMessage() + ")");
        }
    }

    private static void useClockOfOurs(World world) throws IOException {
        Files.writeString(clock(world), "+0");
        world.environment("LD_PRELOAD", library().orElseThrow().toString());
        world.environment("FAKETIME_TIMESTAMP_FILE", clock(world).toString());
        // Seconds between two looks at the file: the clock is asked more often than a file can be read.
        world.environment("FAKETIME_CACHE_DURATION", "1");
        // Else every wait with a time limit ends at once.
        world.environment("FAKETIME_FORCE_MONOTONIC_FIX", "0");
        // Clocks that measure durations do not jump, on no machine.
        world.environment("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        world.environment("DONT_FAKE_MONOTONIC", "1");
    }

    private static Path clock(World world) {
        return world.spool().resolveSibling("clock");
    }

    private static Optional<String> cannotFakeTime() {
        return library().isPresent() ? Optional.empty() : Optional.of("no libfaketime here (Debian package faketime)");
    }

    private static Optional<Path> library() {
        return LIBRARIES.stream().filter(Files::exists).findFirst();
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(Patience.ONE_MINUTE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }
}
