package dev.postrider.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentsRootTest {

    @TempDir
    private Path outside;

    private Path directory;
    private AttachmentsRoot root;

    @BeforeEach
    void aRootWithOneFile() throws IOException {
        Files.writeString(outside.resolve("secret.txt"), "secret");
        directory = Files.createDirectory(outside.resolve("root"));
        Files.createDirectories(directory.resolve("invoices/2026"));
        Files.writeString(directory.resolve("invoices/2026/17.pdf"), "invoice");
        root = AttachmentsRoot.at(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"invoices/2026/17.pdf", "invoices//2026/17.pdf"})
    void aRegularFileIsFound(String file) throws IOException {
        Optional<AttachmentsRoot.Found> found = root.find(field(file), new Violations());

        assertThat(found).contains(new AttachmentsRoot.Found(directory, file, 7));
        assertThat(reference(file).attributes().size()).isEqualTo(7);
        try (InputStream content = reference(file).open()) {
            assertThat(content).hasContent("invoice");
        }
    }

    @Test
    void theRootItselfMayBeALink() throws IOException {
        AttachmentsRoot linked = AttachmentsRoot.at(Files.createSymbolicLink(outside.resolve("link"), directory));

        assertThat(linked.find(field("invoices/2026/17.pdf"), new Violations())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.txt", "invoices/../../secret.txt", "invoices/..", ".."})
    void noWayLeadsUp(String file) {
        assertThat(refusal(file)).isEqualTo("must not contain '..'");
    }

    @Test
    void anAbsolutePathIsRefused() {
        assertThat(refusal(directory.resolve("invoices/2026/17.pdf").toString()))
                .isEqualTo("must be a path relative to postrider.attachments.root");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent.pdf", "invoices/2025/17.pdf", "a\0b"})
    void aFileThatIsNotThereIsRefused(String file) {
        assertThat(refusal(file)).isEqualTo("no such file below postrider.attachments.root");
    }

    @Test
    void aFileThatVanishedIsRefused() throws IOException {
        Files.delete(directory.resolve("invoices/2026/17.pdf"));

        assertThat(refusal("invoices/2026/17.pdf")).isEqualTo("no such file below postrider.attachments.root");
    }

    @Test
    void aDirectoryIsRefused() {
        assertThat(refusal("invoices/2026")).isEqualTo("is a directory");
    }

    @Test
    void aFileIsNoDirectory() {
        assertThat(refusal("invoices/2026/17.pdf/18.pdf")).isEqualTo("cannot be read");
    }

    @Test
    void aLinkOutOfTheRootIsRefused() throws IOException {
        Files.createSymbolicLink(directory.resolve("link.txt"), outside.resolve("secret.txt"));

        assertThat(refusal("link.txt")).isEqualTo("leads through a symbolic link");
    }

    @Test
    void aLinkWithinTheRootIsRefused() throws IOException {
        Files.createSymbolicLink(directory.resolve("latest"), directory.resolve("invoices/2026"));

        assertThat(refusal("latest/17.pdf")).isEqualTo("leads through a symbolic link");
    }

    @Test
    void aLinkPutInPlaceLaterIsNotFollowed() throws IOException {
        Attachment.FileReference found = reference("invoices/2026/17.pdf");

        Files.delete(directory.resolve("invoices/2026/17.pdf"));
        Files.createSymbolicLink(directory.resolve("invoices/2026/17.pdf"), outside.resolve("secret.txt"));

        assertThatThrownBy(found::open).isInstanceOf(IOException.class);
        assertThat(found.attributes().isRegularFile()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"invoices", "invoices/2026"})
    void aLinkPutInPlaceOfAFolderLaterIsNotFollowed(String folder) throws IOException {
        Attachment.FileReference found = reference("invoices/2026/17.pdf");
        Path elsewhere = outside.resolve("elsewhere");

        Files.move(directory.resolve(folder), elsewhere);
        Files.createSymbolicLink(directory.resolve(folder), elsewhere);

        assertThatThrownBy(found::open).isInstanceOf(IOException.class);
        assertThatThrownBy(found::attributes).isInstanceOf(IOException.class);
    }

    @Test
    void aFifoIsRefusedWithoutWaitingForItsWriter() throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", directory.resolve("pipe").toString()).start();
        assumeThat(mkfifo.waitFor()).isZero();

        assertThat(refusal("pipe")).isEqualTo("is not a regular file");
    }

    @Test
    void aDeviceIsRefused() {
        Violations violations = new Violations();

        assertThat(AttachmentsRoot.at(Path.of("/dev")).find(field("null"), violations))
                .isEmpty();
        assertThat(violations).hasToString("$.attachments[0].file: is not a regular file (\"null\")");
    }

    @Test
    void aSocketIsRefused() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(directory.resolve("socket")));

            assertThat(refusal("socket")).isEqualTo("is not a regular file");
        }
    }

    @Test
    void aFileThatMayNotBeReadIsRefused() throws IOException {
        Path file = directory.resolve("invoices/2026/17.pdf");
        Files.setPosixFilePermissions(file, java.util.Set.of());
        assumeThat(Files.isReadable(file)).as("run by root").isFalse();

        assertThat(refusal("invoices/2026/17.pdf")).isEqualTo("may not be read");
    }

    @Test
    void withoutARootEveryFileIsRefusedWithTheSettingToSet() {
        Violations violations = new Violations();

        assertThat(AttachmentsRoot.none().find(field("a.pdf"), violations)).isEmpty();
        assertThat(violations)
                .hasToString("$.attachments[0].file: files are not accepted here: postrider.attachments.root is not set"
                        + " (\"a.pdf\")");
    }

    @Test
    void aRootThatIsNoDirectoryIsRefusedAtOnce() {
        assertThatThrownBy(() -> AttachmentsRoot.at(outside.resolve("absent")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("postrider.attachments.root: must be a directory, not ");
    }

    /** As a request gets it. */
    private Attachment.FileReference reference(String file) {
        AttachmentsRoot.Found found = root.find(field(file), new Violations()).orElseThrow();
        return new Attachment.FileReference(found.root(), found.file(), Optional.empty());
    }

    /** The rule, without the field and the value; and nothing of where the root is. */
    private String refusal(String file) {
        Violations violations = new Violations();
        assertThat(root.find(field(file), violations)).isEmpty();
        String prefix = "$.attachments[0].file: ";
        String suffix = " (" + Excerpt.quoted(file) + ")";
        assertThat(violations.toString()).startsWith(prefix).endsWith(suffix);
        return violations
                .toString()
                .substring(prefix.length(), violations.toString().length() - suffix.length());
    }

    private static Field field(String file) {
        return new Field("$.attachments[0].file", TextNode.valueOf(file));
    }
}
