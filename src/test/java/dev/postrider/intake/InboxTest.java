package dev.postrider.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.submission.Arrival;
import dev.postrider.submission.RequestLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {

    private static final int IN_FLIGHT = 3;

    @TempDir
    Path root;

    private Spool spool;

    @BeforeEach
    void open() {
        spool = new Spool(root);
    }

    @AfterEach
    void close() throws IOException {
        spool.close();
    }

    @Test
    void theReportOfADeadLetterIsNoRequestAndStaysWhereItIs() throws IOException {
        Files.writeString(spool.inbox().resolve("order.json.failure.json"), "{}");

        assertThat(take(inbox(Duration.ZERO))).isEmpty();
        assertThat(spool.inbox().resolve("order.json.failure.json")).exists();
    }

    @Test
    void eachFileIsClaimedOnceAndNoMoreThanThereIsRoomFor() throws IOException {
        for (int n = 0; n < 10; n++) {
            drop(n + ".json");
        }
        Inbox inbox = inbox(Duration.ZERO);

        List<Arrival> first = take(inbox);
        assertThat(first).hasSize(IN_FLIGHT);
        assertThat(names(spool.work())).hasSize(IN_FLIGHT);
        assertThat(take(inbox)).isEmpty();

        first.get(1).receipt().settle();
        assertThat(take(inbox)).hasSize(1);
        assertThat(names(spool.inbox())).hasSize(6);
        assertThat(names(root.resolve(".done"))).hasSize(1);
    }

    @Test
    void aLookThatHasEndedClaimsNothingMoreWhoeverAsks() throws IOException {
        for (int n = 0; n < 5; n++) {
            drop(n + ".json");
        }
        Inbox inbox = inbox(Duration.ZERO);
        Iterator<Arrival> look = inbox.claim();
        List<Arrival> taken = new ArrayList<>();
        look.forEachRemaining(taken::add);
        taken.get(0).receipt().settle(); // Now there is room, and files to claim.

        assertThat(look.hasNext()).isFalse();
        assertThat(names(spool.work())).hasSize(IN_FLIGHT - 1);
        assertThat(names(spool.inbox())).hasSize(2);
    }

    @Test
    void aReceiptSettledTwiceMakesRoomOnce() throws IOException {
        for (int n = 0; n < 5; n++) {
            drop(n + ".json");
        }
        Inbox inbox = inbox(Duration.ZERO);
        Arrival first = take(inbox).get(0);

        first.receipt().settle();
        first.receipt().settle();

        assertThat(take(inbox)).hasSize(1);
    }

    @Test
    void aFileOfANameThatIsStillAtWorkWaits() throws IOException {
        drop("order.json");
        Inbox inbox = inbox(Duration.ZERO);
        Arrival first = take(inbox).get(0);
        Files.writeString(spool.inbox().resolve("order.json"), "second");

        assertThat(take(inbox)).isEmpty();
        assertThat(Files.readString(spool.work().resolve("order.json"))).isEqualTo("order.json");

        first.receipt().settle();
        assertThat(take(inbox))
                .singleElement()
                .satisfies(second ->
                        assertThat(new String(second.content(), UTF_8)).isEqualTo("second"));
    }

    @Test
    void aFileIsLeftAloneUntilItHasSettled() throws IOException {
        Path young = drop("young.json");
        Path old = drop("old.json");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(60)));

        List<Arrival> taken = take(inbox(Duration.ofSeconds(30)));

        assertThat(taken)
                .singleElement()
                .satisfies(arrival -> assertThat(arrival.origin().name()).isEqualTo("inbox/old.json"));
        assertThat(young).exists();
    }

    @Test
    void aSecondSpoolOnTheSameFolderIsRefused() {
        assertThatThrownBy(() -> new Spool(root))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("postrider.folder.path")
                .hasMessageContaining("in use by another instance");
    }

    @Test
    void aFolderThatIsAFileIsRefused() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");

        assertThatThrownBy(() -> new Spool(file)).hasMessageContaining("postrider.folder.path");
    }

    @Test
    void aTooLargeFileIsReadOnlyAsFarAsToSeeThat() throws IOException {
        Files.write(spool.inbox().resolve("large.json"), new byte[5_000]);

        assertThat(take(inbox(Duration.ZERO)))
                .singleElement()
                .satisfies(arrival -> assertThat(arrival.content()).hasSize(1_001));
    }

    private Path drop(String name) throws IOException {
        return Files.writeString(spool.inbox().resolve(name), name);
    }

    private Inbox inbox(Duration settleTime) throws IOException {
        FolderConfig config = new FolderConfig() {
            @Override
            public Optional<Path> path() {
                return Optional.of(root);
            }

            @Override
            public Duration pollInterval() {
                return Duration.ofMillis(1);
            }

            @Override
            public Duration settleTime() {
                return settleTime;
            }

            @Override
            public Duration keepDone() {
                return Duration.ofDays(7);
            }
        };
        return new Inbox(
                Optional.of(spool),
                Optional.of(new DeferredFiles(spool, Clock.systemUTC())),
                config,
                new InFlight(IN_FLIGHT, 1L << 20),
                new RequestLimits(1_000, 10, 10, 1_000));
    }

    private static List<Arrival> take(Inbox inbox) throws IOException {
        List<Arrival> taken = new ArrayList<>();
        for (Iterator<Arrival> claims = inbox.claim(); claims.hasNext(); ) {
            taken.add(claims.next());
        }
        return taken;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
