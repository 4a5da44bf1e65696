package dev.postrider.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoneFilesTest {

    private static final Duration A_WEEK = Duration.ofDays(7);

    @TempDir
    private Path done;

    @Test
    void aFileIsKeptForAsLongAsItIsToBe() throws Exception {
        Path file = Files.writeString(done.resolve("order.json"), "{}");

        new DoneFiles(done, A_WEEK, clockAt(A_WEEK.minusHours(1))).sweep();
        assertThat(file).exists();

        new DoneFiles(done, A_WEEK, clockAt(A_WEEK.plusHours(1))).sweep();
        assertThat(file).doesNotExist();
    }

    @Test
    void whatCountsIsWhenItCameInAndNotHowOldItIs() throws Exception {
        Path file = Files.writeString(done.resolve("order.json"), "{}");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

        new DoneFiles(done, A_WEEK, Clock.systemUTC()).sweep();

        assertThat(file).exists();
    }

    private static Clock clockAt(Duration ahead) {
        return Clock.fixed(Instant.now().plus(ahead), ZoneOffset.UTC);
    }
}
