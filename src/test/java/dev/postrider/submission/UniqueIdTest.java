package dev.postrider.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Message-IDs and event ids are made of: one for each request, and the same one each time it comes in. */
class UniqueIdTest {

    private static final Instant FOUR = Instant.parse("2026-03-01T04:00:00.123Z");

    @TempDir
    private Path folder;

    @Test
    void aRecordOfATopicThatWasMadeAnewHasAnother() {
        Arrival first = record(FOUR);

        assertThat(first.uniqueId(first.defaultId())).isEqualTo("mail.requests-0-17@2026-03-01T04:00:00.123Z");
        assertThat(first.uniqueId(first.defaultId()))
                .isEqualTo(record(FOUR).uniqueId("mail.requests-0-17"))
                .isNotEqualTo(record(FOUR.plusMillis(1)).uniqueId("mail.requests-0-17"));
    }

    @Test
    void aFileThatIsDroppedAgainHasAnotherAndOneThatIsMovedHasNot() throws IOException {
        Arrival dropped = file("order.json", "one");
        Arrival again = file("order.json", "one", FOUR.plusMillis(1));
        Path moved = Files.move(folder.resolve("order.json"), folder.resolve(".order.json~1f9c22ab"));
        Arrival retried = Arrivals.of(Origin.InboxFile.at(moved, "order.json"), "one".getBytes(UTF_8));

        assertThat(again.defaultId()).isEqualTo(dropped.defaultId());
        assertThat(again.uniqueId(again.defaultId())).isNotEqualTo(dropped.uniqueId(dropped.defaultId()));
        assertThat(retried.uniqueId(retried.defaultId())).isEqualTo(again.uniqueId(again.defaultId()));
    }

    @Test
    void anEditedFileThatKeepsItsIdHasTheSame() throws IOException {
        Arrival before = file("a\nb.json", "one");
        String id = before.defaultId();

        assertThat(file("a\nb.json", "two").uniqueId(id))
                .isEqualTo(before.uniqueId(id))
                .isNotEqualTo(id);
    }

    @Test
    void aLongFileNameIsKnownAgain() throws IOException {
        Arrival file = file("é".repeat(120) + ".json", "one");
        Arrival longest = Arrivals.of(new Origin.InboxFile(Path.of("x"), "n".repeat(400), FOUR), new byte[0]);

        assertThat(file.uniqueId(file.defaultId())).isEqualTo(file.defaultId() + "@" + FOUR);
        assertThat(longest.uniqueId(longest.defaultId())).isEqualTo(longest.defaultId() + "@" + FOUR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-17", "x", "mail.requests-0-18", "order.json", "order.json-0123456789abcdeg"})
    void anIdThatIsGivenIsUniqueAsItIs(String id) throws IOException {
        assertThat(record(FOUR).uniqueId(id)).isEqualTo(id);
        assertThat(file("order.json", "one").uniqueId(id)).isEqualTo(id);
    }

    private static Arrival record(Instant timestamp) {
        return Arrivals.of(new Origin.TopicRecord("mail.requests", 0, 17, timestamp, null, List.of()), new byte[0]);
    }

    private Arrival file(String name, String content) throws IOException {
        return file(name, content, FOUR);
    }

    private Arrival file(String name, String content, Instant modified) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.from(modified));
        return Arrivals.of(Origin.InboxFile.at(file, name), content.getBytes(UTF_8));
    }
}
