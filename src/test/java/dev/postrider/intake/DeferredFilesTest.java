package dev.postrider.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.submission.History;
import dev.postrider.submission.HistoryJson;
import dev.postrider.submission.Origin.InboxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeferredFilesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");
    private static final History HISTORY =
            new History(0, List.of("busy@example.org"), List.of(new History.Attempt(NOW, "451 busy")));

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
    void aFileIsTakenWhenItsTimeHasComeAndNotBefore() throws IOException {
        DeferredFiles files = at(NOW);
        files.defer(claimed("order.json"), HISTORY, NOW.plusSeconds(60));

        assertThat(files.claimDue()).isEmpty();
        assertThat(at(NOW.plusSeconds(59)).claimDue()).isEmpty();
        assertThat(at(NOW.plusSeconds(60)).claimDue()).hasValueSatisfying(due -> {
            assertThat(due.file().fileName()).isEqualTo("order.json");
            assertThat(due.file().claimed()).hasContent("order.json");
            assertThat(due.history()).isEqualTo(HISTORY);
        });
    }

    @Test
    void filesAreTakenInTheOrderTheyAreDue() throws IOException {
        DeferredFiles files = at(NOW);
        for (int seconds : new int[] {3, 1, 2}) {
            files.defer(claimed(seconds + ".json"), HISTORY, NOW.minusSeconds(10 - seconds));
        }

        assertThat(List.of(name(files), name(files), name(files))).containsExactly("1.json", "2.json", "3.json");
        assertThat(files.claimDue()).isEmpty();
    }

    @Test
    void twoOfOneNameWaitSideBySide() throws IOException {
        DeferredFiles files = at(NOW);
        files.defer(claimed("order.json"), HISTORY, NOW);
        files.defer(claimed("order.json"), HISTORY, NOW);

        assertThat(List.of(name(files), name(files))).containsExactly("order.json", "order.json");
    }

    @Test
    void whatWasUnderWayWhenTheLastRunDiedIsDueAgainWithItsHistory() throws IOException {
        DeferredFiles files = at(NOW);
        files.defer(claimed("order.json"), HISTORY, NOW);
        assertThat(files.claimDue()).isPresent();

        assertThat(at(NOW).claimDue())
                .hasValueSatisfying(due -> assertThat(due.history()).isEqualTo(HISTORY));
    }

    @Test
    void aNoteWithoutItsFileIsLeftOverAndGoes() throws IOException {
        DeferredFiles files = at(NOW);
        files.defer(claimed("order.json"), HISTORY, NOW);
        InboxFile file = files.claimDue().orElseThrow().file();
        Files.delete(file.claimed());

        assertThat(at(NOW).claimDue()).isEmpty();
        assertThat(Spool.names(spool.deferred())).isEmpty();
    }

    @Test
    void aFileThatSomebodyRemovedIsForgottenAndOneWithoutItsNoteIsNot() throws IOException {
        DeferredFiles files = at(NOW);
        files.defer(claimed("removed.json"), HISTORY, NOW);
        files.defer(claimed("note-removed.json"), HISTORY, NOW);
        for (String name : Spool.names(spool.deferred())) {
            if (name.startsWith(".removed.json") != name.endsWith(".json")) {
                Files.delete(spool.deferred().resolve(name));
            }
        }

        assertThat(files.claimDue()).isEmpty();
        assertThat(files.claimDue()).isEmpty();
        assertThat(files.size()).isEqualTo(1);
    }

    @Test
    void whatCannotBePutAwayLeavesNoNoteEither() throws IOException {
        DeferredFiles files = at(NOW);
        InboxFile file = claimed("order.json");
        Files.delete(file.claimed());

        assertThatThrownBy(() -> files.defer(file, HISTORY, NOW)).isInstanceOf(IOException.class);

        assertThat(Spool.names(spool.deferred())).isEmpty();
    }

    @Test
    void aSettledFileLeavesNoNote() throws IOException {
        DeferredFiles files = at(NOW);
        files.defer(claimed("order.json"), HISTORY, NOW);
        InboxFile file = files.claimDue().orElseThrow().file();

        files.defer(file, HISTORY, NOW.plus(Duration.ofHours(1)));
        files.settled(file);

        assertThat(Spool.names(spool.deferred())).hasSize(2); // The file and its new note.
        assertThat(Spool.names(spool.work())).isEmpty();
    }

    @Test
    void aRedrivenFileIsDueAtOnceEvenIfTheLastRunDiedOverAdmittingIt() throws IOException {
        String note = HistoryJson.write(
                new History(1, List.of("b@example.org"), List.of()),
                new HistoryJson.Source.File("order.json"),
                Optional.empty());
        Files.writeString(spool.redriven().resolve(".order.json~00000001"), "redriven", UTF_8);
        Files.writeString(spool.deferred().resolve(".order.json~00000001.json"), note, UTF_8);

        DeferredFiles files = at(NOW);
        files.admitRedriven();

        assertThat(files.claimDue()).hasValueSatisfying(due -> {
            assertThat(due.file().fileName()).isEqualTo("order.json");
            assertThat(due.history().redrives()).isEqualTo(1);
        });
        files.admitRedriven();
        assertThat(files.claimDue()).isEmpty();
    }

    private static String name(DeferredFiles files) {
        return files.claimDue().orElseThrow().file().fileName();
    }

    private DeferredFiles at(Instant now) throws IOException {
        return new DeferredFiles(spool, Clock.fixed(now, ZoneOffset.UTC));
    }

    private InboxFile claimed(String name) throws IOException {
        Path file = Files.writeString(spool.work().resolve(name), name, UTF_8);
        return new InboxFile(file, name);
    }
}
