package dev.postrider.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegularFileTest {

    @TempDir
    private Path folder;

    @Test
    void aFileIsReadAsFarAsIsWanted() throws IOException {
        byte[] content = new byte[200_001];
        new Random(17).nextBytes(content);
        Path file = Files.write(folder.resolve("order.json"), content);

        assertThat(RegularFile.read(file, 1 << 20)).isEqualTo(content);
        assertThat(RegularFile.read(file, 200_001)).isEqualTo(content);
        assertThat(RegularFile.read(file, 70_000)).isEqualTo(Arrays.copyOf(content, 70_000));
        assertThat(RegularFile.read(Files.createFile(folder.resolve("empty")), 17))
                .isEmpty();
    }

    @Test
    void aLinkAFolderAndWhatIsNotThereAreNotRead() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/hostname"));

        assertThatThrownBy(() -> RegularFile.read(link, 17)).hasMessageEndingWith("not a regular file");
        assertThatThrownBy(() -> RegularFile.read(folder, 17)).hasMessageEndingWith("not a regular file");
        assertThatThrownBy(() -> RegularFile.read(folder.resolve("none"), 17)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whySomethingCannotBeReadIsSaidInAFewWords() {
        assertThat(RegularFile.why(new AccessDeniedException("/a/b"))).isEqualTo("no permission");
        assertThat(RegularFile.why(new NoSuchFileException("/a/b"))).isEqualTo("no such file");
        assertThat(RegularFile.why(new IOException("Input/output error"))).isEqualTo("Input/output error");
    }
}
