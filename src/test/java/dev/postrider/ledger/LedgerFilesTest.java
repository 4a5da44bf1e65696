package dev.postrider.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.ledger.Ledger.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerFilesTest {

    @TempDir
    private Path root;

    private final Moved clock = new Moved();
    private final List<Ledger> running = new ArrayList<>();

    private Path folder() {
        return root.resolve(".ledger");
    }

    private Legs start() {
        Duration window = Remembering.aDay().window();
        Ledger ledger = new Ledger(Remembering.aDay(), new LedgerFiles(folder(), window, clock), clock);
        running.add(ledger);
        return new Legs(ledger);
    }

    private void stop(Legs legs) {
        legs.ledger().stopped(null);
        running.remove(legs.ledger());
    }

    @AfterEach
    void stopAll() {
        running.forEach(ledger -> ledger.stopped(null));
    }

    @Test
    void whatWasSettledIsKnownAfterARestart() {
        Legs first = start();
        Legs.numbered(0, 10_000).forEach(first::relay);
        stop(first);

        Legs second = start();

        assertThat(second.known(Legs.numbered(0, 10_000))).isEqualTo(10_000);
        assertThat(second.ask("order-17", "something else")).isEqualTo(Standing.OTHER_CONTENT);
    }

    /** Without a proper end: what a kill leaves behind. */
    @Test
    void whatWasSettledIsWrittenAMomentLater() {
        Legs legs = start();
        legs.relay("order-17");

        await().until(() -> lines().count() == 1);
        assertThat(start().ask("order-17", "order-17")).isEqualTo(Standing.SETTLED);
    }

    @Test
    void aTornLineIsIgnoredAndTheNextStandsOnItsOwn() throws IOException {
        Legs first = start();
        Legs.numbered(0, 3).forEach(first::relay);
        stop(first);
        Path file = folder().resolve("2026-03-01T04.txt");
        String lines = Files.readString(file);
        Files.writeString(file, lines.substring(0, lines.length() - 20));

        Legs second = start();
        assertThat(second.known(Legs.numbered(0, 3))).isEqualTo(2);
        second.relay("order-3");
        stop(second);

        assertThat(start().known(Legs.numbered(0, 4))).isEqualTo(3);
    }

    @Test
    void bytesThatAreNoTextDoNotHinderTheRest() throws IOException {
        Legs first = start();
        first.relay("order-17");
        stop(first);
        Files.write(
                folder().resolve("2026-03-01T04.txt"), new byte[] {(byte) 0xFF, 0, '\n'}, StandardOpenOption.APPEND);

        assertThat(start().ask("order-17", "order-17")).isEqualTo(Standing.SETTLED);
    }

    @Test
    void eachHourHasItsFileAndThoseOlderThanTheWindowAreDeleted() {
        Legs legs = start();
        for (int hour = 0; hour < 30; hour++) {
            String leg = "order-" + hour;
            legs.relay(leg);
            int expected = hour + 1;
            await().until(() -> expected > 26 || lines().count() == expected);
            clock.on(Duration.ofHours(1));
        }
        stop(legs);

        assertThat(names()).hasSize(26).startsWith("2026-03-01T08.txt").endsWith("2026-03-02T09.txt");
    }

    @Test
    void filesOlderThanTheWindowAreDeletedAtTheStart() {
        Legs first = start();
        first.relay("order-17");
        stop(first);

        clock.on(Duration.ofHours(26));

        assertThat(start().ask("order-17", "order-17")).isEqualTo(Standing.NEW);
        assertThat(names()).isEmpty();
    }

    /** As with a full disk: nothing waits, and all is stored once there is room. */
    @Test
    void aFolderThatCannotBeWrittenIsTriedUntilItCan() throws IOException {
        Legs first = start();
        Path file = folder().resolve("2026-03-01T04.txt");
        await().until(() -> Files.exists(folder()));
        Files.createDirectory(file);

        Legs.numbered(0, 1_000).forEach(first::relay);
        assertThat(first.known(Legs.numbered(0, 1_000))).isEqualTo(1_000);
        Files.delete(file);

        await().until(() -> lines().count() == 1_000);
        assertThat(start().known(Legs.numbered(0, 1_000))).isEqualTo(1_000);
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Stream<String> lines() {
        return names().stream().flatMap(name -> {
            try {
                return Files.readAllLines(folder().resolve(name)).stream();
            } catch (IOException e) {
                return Stream.empty(); // Deleted in between, or no file yet.
            }
        });
    }
}
