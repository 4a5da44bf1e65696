package dev.postrider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.fixture.FileChange;
import dev.postrider.submission.Attachment;
import dev.postrider.submission.Sha256;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachedFileTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeTheFile() throws Exception {
        byte[] content = new byte[100_000];
        new Random(1).nextBytes(content);
        file = Files.write(folder.resolve("bill.pdf"), content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0)); // So that each change shows.
    }

    @Test
    void itsOctetsArriveHoweverOftenTheMessageIsWritten() throws Exception {
        ComposedMessage message = compose("bill.pdf", Optional.empty());

        assertThat(Wire.content(Wire.of(message).part("application/pdf"))).isEqualTo(Files.readAllBytes(file));
        assertThat(Wire.of(message).octets()).isEqualTo(Wire.of(message).octets());
    }

    @Test
    void itIsStreamedFromDisk() throws Exception {
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(0);
            large.setLength(64 << 20);
        }
        MessageDigest zeros = Sha256.begin();
        for (int megabyte = 0; megabyte < 64; megabyte++) {
            zeros.update(new byte[1 << 20]);
        }
        ComposedMessage message = compose("bill.pdf", Optional.of(hex(zeros)));
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
    void aMissingFileIsNamedAtComposingAsTheRequestHasIt() {
        assertThatThrownBy(() -> compose("2026/none.pdf", Optional.empty()))
                .isInstanceOf(Uncomposable.class)
                .hasMessage("$.attachments[0].file: no such file (\"2026/none.pdf\")")
                .hasCauseInstanceOf(AttachmentUnreadable.class);
    }

    @Test
    void aFolderOrALinkIsNotAFile() throws Exception {
        Files.createDirectory(folder.resolve("folder"));
        Files.createSymbolicLink(folder.resolve("link.pdf"), file);
        Files.createSymbolicLink(folder.resolve("elsewhere"), folder);

        assertThatThrownBy(() -> compose("folder", Optional.empty()))
                .hasMessage("$.attachments[0].file: is not a regular file (\"folder\")");
        assertThatThrownBy(() -> compose("link.pdf", Optional.empty()))
                .hasMessage("$.attachments[0].file: is not a regular file (\"link.pdf\")");
        assertThatThrownBy(() -> compose("elsewhere/bill.pdf", Optional.empty()))
                .hasMessage("$.attachments[0].file: cannot be read (\"elsewhere/bill.pdf\")");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theDigestHasToBeThatOfTheFile(boolean right) throws Exception {
        MessageDigest digest = Sha256.begin();
        digest.update(Files.readAllBytes(file), right ? 0 : 1, 99_999);
        digest.update(Files.readAllBytes(file), 99_999, 1);
        ComposedMessage message = compose("bill.pdf", Optional.of(hex(digest)));

        if (right) {
            assertThat(Wire.content(Wire.of(message).part("application/pdf"))).hasSize(100_000);
        } else {
            assertThatThrownBy(() -> Wire.of(message))
                    .isInstanceOf(AttachmentUnreadable.class)
                    .hasMessage("$.attachments[0].sha256: is not that of the file (\"bill.pdf\")");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotTheFileAnyMoreIsNotSentInItsPlace(FileChange change) throws Exception {
        ComposedMessage message = compose("bill.pdf", Optional.empty());
        change.on(file);

        assertThatThrownBy(() -> Wire.of(message))
                .isInstanceOf(AttachmentUnreadable.class)
                .hasMessage("$.attachments[0].file: " + change.seenAfterwards() + " (\"bill.pdf\")");
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatChangesWhileItIsReadDoesNotPassForAWholeOne(FileChange change) throws Exception {
        ComposedMessage message = compose("bill.pdf", Optional.empty());
        OutputStream changingTheFile = new CountingStream() {
            private boolean changed;

            @Override
            public void write(byte[] octets, int offset, int length) {
                super.write(octets, offset, length);
                if (count > 50_000 && !changed) {
                    change.on(file);
                    changed = true;
                }
            }
        };

        assertThatThrownBy(() -> message.writeTo(changingTheFile, new String[0]))
                .isInstanceOf(AttachmentUnreadable.class)
                .hasMessage("$.attachments[0].file: " + change.seenMeanwhile() + " (\"bill.pdf\")");
    }

    private ComposedMessage compose(String name, Optional<Sha256> sha256) throws Uncomposable {
        return Wire.compose(new Draft()
                .attach(new Attachment(
                        "bill.pdf",
                        Optional.empty(),
                        new Attachment.FileReference(folder, name, sha256),
                        false,
                        Optional.empty()))
                .request());
    }

    private static Sha256 hex(MessageDigest octets) {
        return new Sha256(HexFormat.of().formatHex(octets.digest()));
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
