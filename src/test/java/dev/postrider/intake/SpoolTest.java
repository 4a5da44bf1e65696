package dev.postrider.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    @TempDir
    private Path folder;

    @Test
    void aFileInPlaceOfTheFolderIsSaidInPlainWords() throws Exception {
        Path file = Files.writeString(folder.resolve("spool"), "");

        assertThatThrownBy(() -> new Spool(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("postrider.folder.path: cannot use " + file
                        + ": Not a directory (it must be a folder this user may write)");
    }

    @Test
    void aDeadLetterThatWasBeingWrittenWhenTheLastRunDiedIsGoneAndTheOthersStay() throws Exception {
        Files.createDirectories(folder.resolve("dead-letters"));
        Files.writeString(folder.resolve("dead-letters/.order.json"), "{");
        Files.writeString(folder.resolve("dead-letters/order.json"), "{}");

        new Spool(folder).close();

        assertThat(Spool.names(folder.resolve("dead-letters"))).containsExactly("order.json");
    }
}
