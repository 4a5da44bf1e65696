package dev.postrider.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of the folder goes back by one rename; whenever a run ends, it is redriven whole or not at all. */
class FolderRedrivingTest {

    private static final String REPORT = """
            {"id": "order-17", "reason": "refused", "retryable": false, "failedAt": "2026-03-01T04:00:00Z",
             "redriveCount": 1, "source": {"file": "order.json"}, "remainingRecipients": ["ada@example.org"]}""";

    @TempDir
    Path root;

    private final List<String> refusals = new ArrayList<>();
    private final Redriving.Listener listener = new Redriving.Listener() {
        @Override
        public void redriven(int count) {}

        @Override
        public void refused(Parked parked, String why) {
            refusals.add(why);
        }
    };

    private DeadLetterFiles files;
    private FolderSource source;

    @BeforeEach
    void park() throws IOException {
        files = DeadLetterFiles.in(root);
        source = new FolderSource(files);
        Files.createDirectories(files.deadLetters());
        Files.writeString(files.letter("order~2.json"), Letters.REQUEST);
        Files.writeString(files.report("order~2.json"), REPORT);
    }

    @Test
    void itGoesBackAsItWasWithItsHistoryBesideIt() throws IOException {
        redrive(Edit.NONE);

        assertThat(names("dead-letters")).isEmpty();
        String unique = theOneRedriven();
        assertThat(unique).startsWith(".");
        assertThat(root.resolve(".redriven/" + unique)).hasContent(Letters.REQUEST);
        ObjectNode sidecar = sidecar(unique);
        assertThat(Instant.parse(sidecar.path("due").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(sidecar.without("due").toString())
                .isEqualTo("{\"redrives\":2,\"recipients\":[\"ada@example.org\"],\"attempts\":[],"
                        + "\"source\":{\"file\":\"order.json\"},\"file\":\"order.json\"}");
    }

    @Test
    void editedItGoesBackOnceAsWell() throws IOException {
        FileTime modified = FileTime.from(Instant.parse("2026-03-01T04:00:00.123Z"));
        Files.setLastModifiedTime(files.letter("order~2.json"), modified);

        redrive(new Edit(Map.of(), List.of(), Map.of("subject", "Order 17"), List.of()));

        assertThat(names("dead-letters")).isEmpty();
        assertThat(names(".redrive")).containsExactly("lock");
        assertThat(Files.getLastModifiedTime(root.resolve(".redriven/" + theOneRedriven())))
                .isEqualTo(modified);
        assertThat(root.resolve(".redriven/" + theOneRedriven())).content().contains("\"subject\":\"Order 17\"");
    }

    @Test
    void anEditThatWasDecidedIsFinishedByTheNextRun() throws IOException {
        Files.createDirectories(files.own());
        Files.createDirectories(files.redriven());
        Files.writeString(files.redriven().resolve(".u.json"), "{}");
        Files.writeString(files.own().resolve(".u.edited"), "edited");
        Files.move(files.letter("order~2.json"), files.own().resolve(".u.original"));

        source.begin(listener).close();

        assertThat(theOneRedriven()).isEqualTo(".u");
        assertThat(root.resolve(".redriven/.u")).hasContent("edited");
        assertThat(names(".redrive")).containsExactly("lock");
    }

    @Test
    void whatWasNotDecidedIsTakenBackByTheNextRun() throws IOException {
        Files.createDirectories(files.own());
        Files.createDirectories(files.redriven());
        Files.writeString(files.redriven().resolve(".u.json"), "{}");
        Files.writeString(files.redriven().resolve(".v.json.part"), "{");
        Files.writeString(files.own().resolve(".u.edited"), "edited");
        Files.writeString(files.own().resolve(".v.edited.part"), "edi");

        source.begin(listener).close();

        assertThat(names("dead-letters")).containsExactly("order~2.json", "order~2.json.failure.json");
        assertThat(names(".redriven")).isEmpty();
        assertThat(names(".redrive")).containsExactly("lock");
    }

    @Test
    void whatTheApplicationIsAtKeepsItsSidecar() throws IOException {
        Files.createDirectories(files.redriven());
        Files.createDirectories(files.work());
        Files.writeString(files.redriven().resolve(".u.json"), "{}");
        Files.writeString(files.work().resolve(".u"), "at work");

        source.begin(listener).close();

        assertThat(names(".redriven")).containsExactly(".u.json");
    }

    @Test
    void aReportWithoutItsLetterGoesOnceItIsOld() throws IOException {
        Files.writeString(files.report("old.json"), REPORT);
        Files.setLastModifiedTime(
                files.report("old.json"), FileTime.from(Instant.now().minusSeconds(120)));
        Files.writeString(files.report("new.json"), REPORT);

        source.begin(listener).close();

        assertThat(names("dead-letters"))
                .containsExactly("new.json.failure.json", "order~2.json", "order~2.json.failure.json");
    }

    @Test
    void twoRunsAtOnceAreOneTooMany() {
        try (Redriving first = source.begin(listener)) {
            assertThatThrownBy(() -> source.begin(listener))
                    .isInstanceOf(RedriveFailure.class)
                    .hasMessageContaining("another redrive is at");
            assertThat(first).isNotNull();
        }
    }

    @Test
    void onlyLettersAreListed() throws IOException {
        Files.writeString(files.letter(".being-written.json"), "");
        Files.createDirectory(files.letter("folder"));
        Files.writeString(files.report("gone.json"), REPORT);
        Files.writeString(files.letter("odd.failure.json"), "a letter of that name");
        Files.writeString(files.report("odd.failure.json"), REPORT);

        List<String> places = new ArrayList<>();
        source.all(letter -> places.add(letter.parked().place().toString()));

        assertThat(places).containsExactly("dead-letters/odd.failure.json", "dead-letters/order~2.json");
    }

    @Test
    void aLinkInPlaceOfAReportIsNotFollowed() throws IOException {
        Files.delete(files.report("order~2.json"));
        Files.createSymbolicLink(files.report("order~2.json"), Files.writeString(root.resolve("other"), REPORT));

        List<String> reasons = new ArrayList<>();
        source.all(letter -> reasons.add(letter.parked().reason()));

        assertThat(reasons).hasSize(1).doesNotContain("expired", "refused");
    }

    private void redrive(Edit edit) {
        try (Redriving redriving = source.begin(listener)) {
            source.all(letter -> {
                try {
                    redriving.redrive(letter, edit.apply(letter));
                } catch (Refused e) {
                    refusals.add(e.getMessage());
                }
            });
            redriving.finish();
        }
        assertThat(refusals).isEmpty();
    }

    private String theOneRedriven() throws IOException {
        List<String> both = names(".redriven");
        assertThat(both).hasSize(2);
        assertThat(both.get(1)).isEqualTo(both.get(0) + ".json");
        return both.get(0);
    }

    private ObjectNode sidecar(String unique) throws IOException {
        return Json.object(Files.readString(files.redriven().resolve(unique + ".json"))
                        .getBytes(UTF_8))
                .orElseThrow();
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> listed = Files.list(root.resolve(folder))) {
            return listed.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
