package dev.postrider.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveFileTest {

    private final AtomicInteger reads = new AtomicInteger();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("number"), "1");
    }

    @Test
    void itIsReadOnceAsLongAsItStaysTheSame() {
        LiveFile<Integer> number = new LiveFile<>("a.setting", file, this::number);

        assertThat(number.now()).isEqualTo(number.now()).isEqualTo(1);
        assertThat(reads).hasValue(1);
    }

    @Test
    void aChangeIsSeen() throws IOException {
        LiveFile<Integer> number = new LiveFile<>("a.setting", file, this::number);

        Files.writeString(file, "22");

        assertThat(number.now()).isEqualTo(22);
    }

    @Test
    void whatIsNoSuchThingChangesNothingUntilItIsMended() throws IOException {
        LiveFile<Integer> number = new LiveFile<>("a.setting", file, this::number);

        Files.writeString(file, "none");
        assertThat(number.now()).isEqualTo(1);
        Files.delete(file);
        assertThat(number.now()).isEqualTo(1);
        Files.writeString(file, "333");

        assertThat(number.now()).isEqualTo(333);
    }

    @Test
    void atFirstItHasToBeThere() {
        assertThatThrownBy(() -> new LiveFile<>("a.setting", folder.resolve("away"), this::number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a.setting: ");
    }

    private int number(Path path) {
        reads.incrementAndGet();
        try {
            return Integer.parseInt(Files.readString(path));
        } catch (IOException | NumberFormatException e) {
            throw new IllegalArgumentException("a.setting: " + path + " holds no number", e);
        }
    }
}
