package dev.postrider.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
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

    @Test
    void whereAFileIsLookedAtAndThenOpenedOthersMayNotWrite() throws Exception {
        Path work = Files.createDirectory(folder.resolve(".work"));
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxrwxrwx"));

        new Spool(folder).close();

        assertThat(permissions(".work")).isEqualTo("rwxrwxr-x");
        assertThat(permissions(".deferred")).isEqualTo("rwx------");
        assertThat(permissions(".redriven")).isEqualTo("rwx------");
    }

    @Test
    void aLinkInPlaceOfAFolderOfOursIsRefused() throws Exception {
        Files.createSymbolicLink(folder.resolve(".work"), Files.createDirectory(folder.resolve("elsewhere")));

        assertThatThrownBy(() -> new Spool(folder)).hasMessageContaining(".work is not a folder");
    }

    @Test
    void aFreeNameIsFoundInFewLooksHoweverManyFilesHadTheName() throws Exception {
        Set<String> names = new HashSet<>();
        for (int n = 0; n < 3_000; n++) {
            Path free = Spool.free(folder, "order.json");
            Files.createFile(free); // Fails where one is.
            names.add(free.getFileName().toString());
        }

        assertThat(names).hasSize(3_000).contains("order.json", "order~2.json", "order~3000.json");
    }

    private String permissions(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }
}
