package dev.postrider.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.postrider.fixture.Patience;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.History;
import dev.postrider.submission.HistoryJson;
import dev.postrider.submission.RequestLimits;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.math.BigInteger;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {

    private static final int IN_FLIGHT = 3;

    @TempDir
    Path root;

    private final Config config = new Config();
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

    @Test
    void whatIsSwappedForALinkBetweenLookAndClaimGoesBackUnread() throws Exception {
        Path secret = Files.writeString(root.resolve("secret"), "not to be mailed");
        Files.createSymbolicLink(spool.inbox().resolve("order.json"), secret);

        assertThat(spool.claim("order.json")).isFalse();

        assertThat(spool.inbox().resolve("order.json")).isSymbolicLink();
        assertThat(names(spool.work())).isEmpty();
    }

    @Test
    void aFifoIsNeverOpenedNotEvenOneThatTheLastRunHadClaimed() throws Exception {
        fifo(spool.inbox().resolve("waiting.json"));
        fifo(spool.work().resolve("claimed.json"));
        Files.createSymbolicLink(spool.work().resolve("link.json"), Path.of("/etc/hostname"));
        drop("good.json");

        List<Arrival> taken = assertTimeoutPreemptively(Patience.ONE_MINUTE, () -> take(inbox(Duration.ZERO)));

        assertThat(taken).extracting(arrival -> arrival.origin().name()).containsExactly("inbox/good.json");
        assertThat(names(spool.work())).containsExactly("good.json");
        assertThat(names(spool.inbox())).containsExactlyInAnyOrder("claimed.json", "link.json", "waiting.json");
    }

    @Test
    void aDeferredFileThatBecameAFifoOrALinkIsNeverOpened() throws Exception {
        String note = HistoryJson.write(
                History.none(), new HistoryJson.Source.File("order.json"), Optional.of(Instant.EPOCH));
        fifo(spool.deferred().resolve(".fifo.json~00000001"));
        Files.writeString(spool.deferred().resolve(".fifo.json~00000001.json"), note);
        Files.createSymbolicLink(spool.deferred().resolve(".link.json~00000001"), Path.of("/etc/hostname"));
        Files.writeString(spool.deferred().resolve(".link.json~00000001.json"), note);

        assertThat(assertTimeoutPreemptively(Patience.ONE_MINUTE, () -> take(inbox(Duration.ZERO))))
                .isEmpty();
    }

    @Test
    void whatProgramsWriteUnderAnotherNameFirstIsLeftAlone() throws IOException {
        List<String> halfWritten = List.of(
                "a.json.part", "b.filepart", "c.tmp", "d.crdownload", "e.swp", "f.json~", "#g.json#", ".h.json");
        for (String name : halfWritten) {
            drop(name);
        }
        drop("order~2.json");
        drop("part.json");

        assertThat(take(inbox(Duration.ZERO)))
                .extracting(arrival -> arrival.origin().name())
                .containsExactlyInAnyOrder("inbox/order~2.json", "inbox/part.json");
        assertThat(names(spool.inbox())).containsExactlyInAnyOrderElementsOf(halfWritten);
    }

    @Test
    void theSettingSaysWhichNamesAreLeftAlone() throws IOException {
        drop("a.tmp");
        drop("b.upload");
        config.ignore = Optional.of(List.of("*.upload"));
        assertThat(take(inbox(Duration.ZERO)))
                .extracting(arrival -> arrival.origin().name())
                .containsExactly("inbox/a.tmp");

        config.ignore = Optional.empty();
        assertThat(take(inbox(Duration.ZERO)))
                .extracting(arrival -> arrival.origin().name())
                .contains("inbox/b.upload");

        config.ignore = Optional.of(List.of("[a"));
        assertThatThrownBy(() -> inbox(Duration.ZERO)).hasMessageStartingWith("postrider.folder.ignore: [a ");
    }

    @Test
    void anInboxThatVanishesIsNotMadeAnewAndIsUsedAgainWhenItComesBack() throws IOException {
        Inbox inbox = inbox(Duration.ZERO);
        Files.delete(spool.inbox());

        assertThat(take(inbox)).isEmpty();
        assertThat(inbox.trouble())
                .hasValueSatisfying(why -> assertThat(why).startsWith(spool.inbox() + " is not there"));
        assertThat(spool.inbox()).doesNotExist();

        Files.createDirectory(spool.inbox());
        drop("order.json");
        assertThat(take(inbox)).hasSize(1);
        assertThat(inbox.trouble()).isEmpty();
    }

    @Test
    void aFolderOfOursThatVanishesIsMadeAnew() throws IOException {
        Inbox inbox = inbox(Duration.ZERO);
        Files.delete(spool.done());
        Files.delete(spool.work());
        drop("order.json");

        Arrival arrival = take(inbox).get(0);
        arrival.receipt().settle();

        assertThat(names(spool.done())).containsExactly("order.json");
    }

    @Test
    void whatCannotBePutAwayBecauseTheFoldersAreGoneIsNotSettled() throws IOException {
        drop("order.json");
        Arrival arrival = take(inbox(Duration.ZERO)).get(0);
        Path elsewhere = root.resolve("unmounted");
        Files.move(spool.work(), elsewhere);

        assertThatThrownBy(() -> arrival.receipt().settle()).isInstanceOf(IOException.class);

        Files.move(elsewhere, spool.work());
        arrival.receipt().settle();
        assertThat(names(spool.done())).containsExactly("order.json");
    }

    @Test
    void nothingIsTakenWhileTheDiskIsNearlyFull() throws IOException {
        drop("order.json");
        config.minFree = new MemorySize(BigInteger.ONE.shiftLeft(62));
        Inbox inbox = inbox(Duration.ZERO);

        assertThat(take(inbox)).isEmpty();
        assertThat(inbox.trouble()).hasValueSatisfying(why -> assertThat(why).contains("postrider.folder.min-free"));
        assertThat(names(spool.inbox())).containsExactly("order.json");
    }

    @Test
    void anErrorWhileAFileIsReadEndsOneLookAndLosesNothing() throws IOException {
        for (int n = 0; n < 3; n++) {
            drop(n + ".json");
        }
        AtomicInteger errors = new AtomicInteger(2);
        Inbox inbox = inbox(Duration.ZERO, new InFlight(IN_FLIGHT, 1L << 20) {
            @Override
            synchronized void take(int bytes) {
                if (errors.getAndDecrement() > 0) {
                    throw new LinkageError("of a test");
                }
                super.take(bytes);
            }
        });

        assertThat(take(inbox)).isEmpty();
        assertThat(take(inbox)).isEmpty();
        assertThat(take(inbox))
                .extracting(arrival -> arrival.origin().name())
                .containsExactlyInAnyOrder("inbox/0.json", "inbox/1.json", "inbox/2.json");
    }

    @Test
    void howLongAFileIsDoneIsReckonedWithTheClockThatEverythingElseIsDecidedBy() throws Exception {
        Path file = Files.writeString(spool.done().resolve("order.json"), "{}");

        take(inbox(
                Duration.ZERO, new InFlight(IN_FLIGHT, 1L << 20), Clock.offset(Clock.systemUTC(), Duration.ofDays(8))));

        assertThat(file).doesNotExist();
    }

    private static void fifo(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
    }

    private Path drop(String name) throws IOException {
        return Files.writeString(spool.inbox().resolve(name), name);
    }

    private Inbox inbox(Duration settleTime) throws IOException {
        return inbox(settleTime, new InFlight(IN_FLIGHT, 1L << 20));
    }

    private Inbox inbox(Duration settleTime, InFlight inFlight) throws IOException {
        return inbox(settleTime, inFlight, Clock.systemUTC());
    }

    private Inbox inbox(Duration settleTime, InFlight inFlight, Clock clock) throws IOException {
        config.settleTime = settleTime;
        return new Inbox(
                Optional.of(spool),
                Optional.of(new DeferredFiles(spool, Clock.systemUTC())),
                config,
                inFlight,
                new RequestLimits(1_000, 10, 10, 1_000),
                clock);
    }

    private final class Config implements FolderConfig {
        private Duration settleTime = Duration.ZERO;
        private MemorySize minFree = new MemorySize(BigInteger.ZERO);
        private Optional<List<String>> ignore =
                Optional.of(List.of("*.part", "*.filepart", "*.tmp", "*.crdownload", "*.swp", "*~", "#*#"));

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
        public Optional<List<String>> ignore() {
            return ignore;
        }

        @Override
        public MemorySize minFree() {
            return minFree;
        }

        @Override
        public Duration keepDone() {
            return Duration.ofDays(7);
        }
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
