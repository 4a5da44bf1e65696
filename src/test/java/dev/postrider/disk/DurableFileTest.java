package dev.postrider.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {

    @TempDir
    private Path folder;

    @Test
    void aLargeFileIsWrittenWhole() throws IOException {
        byte[] content = new byte[1_000_003];
        content[content.length - 1] = 1;

        DurableFile.write(folder.resolve("order.json"), content);

        assertThat(folder.resolve("order.json")).hasBinaryContent(content);
        assertThat(folder)
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
    }

    @Test
    void aLinkInPlaceOfTheFileThatIsWrittenLeavesItsTargetAlone() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "not ours");
        Files.createSymbolicLink(folder.resolve(".order.json"), other);

        DurableFile.write(folder.resolve("order.json"), "ours");

        assertThat(other).hasContent("not ours");
        assertThat(folder.resolve("order.json")).isRegularFile().hasContent("ours");
    }

    @Test
    void whatACrashLeftHalfWrittenIsReplaced() throws IOException {
        Files.writeString(folder.resolve(".order.json"), "half of something longer");

        DurableFile.write(folder.resolve("order.json"), "ours");

        assertThat(folder.resolve("order.json")).hasContent("ours");
    }

    @Test
    void aContentThatFailsLeavesWhatStoodThere() throws IOException {
        Path file = Files.writeString(folder.resolve("order.json"), "before");

        assertThatThrownBy(() -> DurableFile.write(file, out -> {
                    out.write(1);
                    throw new IOException("no space");
                }))
                .hasMessage("no space");

        assertThat(file).hasContent("before");
    }
}
