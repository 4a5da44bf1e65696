package dev.postrider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.submission.Attachment;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachedFileTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeTheFile() throws Exception {
        byte[] content = new byte[100_000];
        new Random(1).nextBytes(content);
        file = Files.write(folder.resolve("bill.pdf"), content);
    }

    @Test
    void itsOctetsArriveHoweverOftenTheMessageIsWritten() throws Exception {
        ComposedMessage message = compose(file);

        assertThat(Wire.content(Wire.of(message).part("application/pdf"))).isEqualTo(Files.readAllBytes(file));
        assertThat(Wire.of(message).octets()).isEqualTo(Wire.of(message).octets());
    }

    @Test
    void itIsStreamedFromDisk() throws Exception {
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(64 << 20);
        }
        ComposedMessage message = compose(file);
        var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        CountingStream out = new CountingStream();

        long before = thread.getCurrentThreadAllocatedBytes();
        message.writeTo(out, new String[0]);
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;

        assertThat(out.count).isGreaterThan(85 << 20);
        assertThat(out.longest).as("octets in one write").isLessThan(64 << 10);
        assertThat(allocated).as("allocated bytes").isLessThan(16 << 20);
    }

    @Test
    void aMissingFileIsNamedAtComposing() {
        assertThatThrownBy(() -> compose(folder.resolve("none.pdf")))
                .isInstanceOf(Uncomposable.class)
                .hasMessageContaining("attachments[0].file: ")
                .hasMessageContaining("none.pdf: no such file")
                .hasCauseInstanceOf(AttachmentUnreadable.class);
    }

    @Test
    void aFolderOrALinkIsNotAFile() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.pdf"), file);

        assertThatThrownBy(() -> compose(folder)).hasMessageContaining("not a regular file");
        assertThatThrownBy(() -> compose(link)).hasMessageContaining("not a regular file");
    }

    @Test
    void aFileThatVanishedIsNamedAtWriting() throws Exception {
        ComposedMessage message = compose(file);
        Files.delete(file);

        assertThatThrownBy(() -> Wire.of(message))
                .isInstanceOf(AttachmentUnreadable.class)
                .hasMessageContaining("bill.pdf: no such file");
    }

    @Test
    void aFileThatChangedIsNotSentInItsPlace() throws Exception {
        ComposedMessage message = compose(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));

        assertThatThrownBy(() -> Wire.of(message))
                .isInstanceOf(AttachmentUnreadable.class)
                .hasMessageContaining("changed since");
    }

    @Test
    void aFileThatIsCutShortWhileItIsReadDoesNotPassForAWholeOne() throws Exception {
        ComposedMessage message = compose(file);
        OutputStream cuttingTheFile = new CountingStream() {
            @Override
            public void write(byte[] octets, int offset, int length) {
                super.write(octets, offset, length);
                if (count > 50_000 && file.toFile().length() > 60_000) {
                    truncate();
                }
            }
        };

        assertThatThrownBy(() -> message.writeTo(cuttingTheFile, new String[0]))
                .isInstanceOf(AttachmentUnreadable.class)
                .hasMessageContaining("changed while");
    }

    private void truncate() {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(60_000);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ComposedMessage compose(Path file) throws Uncomposable {
        return Wire.compose(new Draft()
                .attach(new Attachment(
                        "bill.pdf", Optional.empty(), new Attachment.FileReference(file), false, Optional.empty()))
                .request());
    }

    /** Forgets what it gets, but not how much and in how large pieces. */
    private static class CountingStream extends OutputStream {
        long count;
        int longest;

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            count += length;
            longest = Math.max(longest, length);
        }
    }
}
