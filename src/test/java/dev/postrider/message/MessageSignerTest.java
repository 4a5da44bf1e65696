package dev.postrider.message;

import static dev.postrider.message.Draft.mailbox;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.dkim.DkimConfig.Unsigned;
import dev.postrider.fixture.DkimKey;
import dev.postrider.submission.Attachment;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageSignerTest {

    private static final DkimKey RSA = DkimKey.rsa("example.com", "r2026", 2048);
    private static final DkimKey ED25519 = DkimKey.ed25519("example.com", "e2026");

    @TempDir
    private Path folder;

    private Signing signing;

    @BeforeEach
    void configure() {
        signing = new Signing(folder).with(RSA).with(ED25519);
    }

    @Test
    void theSignaturesStandOnTopAndTheMessageBelowIsTheSame() throws Exception {
        Draft draft = new Draft().html("<p>words</p>");
        String unsigned = headerWithoutBoundary(Wire.of(draft));

        Wire signed = Wire.of(signed(draft));

        assertThat(signed.lines().get(0))
                .isEqualTo("DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; t=" + Wire.NOW.getEpochSecond()
                        + ";");
        assertThat(signed.lines().subList(1, 3)).containsExactly(" d=example.com;", " s=e2026;");
        assertThat(signed.message().getHeader().getFields("DKIM-Signature")).hasSize(2);
        assertThat(signed.source()).contains("a=rsa-sha256", " s=r2026;");
        assertThat(headerWithoutBoundary(signed)).endsWith(unsigned);
    }

    @Test
    void everyLineIsWithinTheLimitThatIsRecommended() throws Exception {
        Wire signed = Wire.of(signed(new Draft()));

        assertThat(signed.headerLines()).allMatch(line -> line.length() <= 78);
    }

    @Test
    void whatIsThereIsSignedAndOnceMoreSoThatNoneIsAdded() throws Exception {
        Wire signed = Wire.of(signed(new Draft()
                .to(mailbox("ada@example.org"))
                .header("List-Unsubscribe", "<https://example.com/leave>")
                .header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")));

        assertThat(names(signed))
                .containsSequence("From", "From", "Reply-To", "To", "To", "Cc", "Subject", "Subject")
                .containsSequence("List-Unsubscribe", "List-Unsubscribe", "List-Unsubscribe-Post")
                .doesNotContain("Sender", "X-Postrider-Id");
        assertThat(names(Wire.of(signed(new Draft())))).doesNotContain("List-Unsubscribe");
    }

    @Test
    void whatIsRelayedIsWhatWasSignedHoweverOftenItIsWritten() throws Exception {
        ComposedMessage message = signed(new Draft().html("<p>words</p>").attach("a.bin", "a/b", new byte[99]));

        assertThat(Wire.of(message).octets()).isEqualTo(Wire.of(message).octets());
    }

    @Test
    void aSmallMessageIsRenderedOnce() throws Exception {
        Path file = Files.write(folder.resolve("small.bin"), new byte[100]);
        ComposedMessage message = signed(attached(file));

        Files.delete(file);

        assertThat(Wire.of(message).source()).contains("small.bin");
    }

    @Test
    void aLargeMessageIsNeverInMemory() throws Exception {
        Path file = folder.resolve("large.bin");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(64 << 20);
        }
        ComposedMessage message = Wire.compose(attached(file).request());
        MessageSigner signer = signing.signer();
        var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = thread.getCurrentThreadAllocatedBytes();
        signer.sign(message).writeTo(OutputStream.nullOutputStream(), new String[0]);
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated)
                .as("allocated bytes all in all; a copy would be 87 MB, and it is written twice")
                .isLessThan(64 << 20);
    }

    @Test
    void anAttachmentThatIsGoneIsTheRequestsFault() throws Exception {
        Path file = Files.write(folder.resolve("gone.bin"), new byte[100]);
        ComposedMessage message = Wire.compose(attached(file).request());
        Files.delete(file);

        assertThatThrownBy(() -> signing.signer().sign(message))
                .isInstanceOf(Uncomposable.class)
                .hasMessage("$.attachments[0].file: no such file (\"gone.bin\")");
    }

    @ParameterizedTest
    @CsvSource({
        "example.com,       example.com",
        "EXAMPLE.com,       example.com",
        "news.example.com,  example.com",
        "a.b.example.com,   example.com",
        "own.example.com,   own.example.com",
        "a.own.example.com, example.com",
    })
    void theDomainOfTheFromFieldSignsElseItsParentIfThatIsToSignForIt(String from, String signer) throws Exception {
        signing.with(DkimKey.ed25519("own.example.com", "e")).forSubdomainsOf("example.com");

        assertThat(Wire.of(signed(new Draft().from(mailbox("shop@" + from)))).source())
                .contains("\r\n d=" + signer + ";\r\n");
    }

    @ParameterizedTest
    @CsvSource({"example.net", "news.example.com", "anexample.com", "com", "[192.0.2.1]"})
    void mailFromAnotherDomainIsNotSigned(String from) throws Exception {
        Draft draft = new Draft().from(mailbox("shop@" + from));

        assertThat(Wire.of(signed(draft)).octets()).isEqualTo(Wire.of(draft).octets());
    }

    @Test
    void anInternationalDomainSignsInAscii() throws Exception {
        signing.with(DkimKey.ed25519("xn--bcher-kva.example", "e"));

        assertThat(Wire.of(signed(new Draft().from(mailbox("info@Bücher.example"))))
                        .source())
                .contains("\r\n d=xn--bcher-kva.example;\r\n");
    }

    @Test
    void mailThatCannotBeSignedIsRefusedWhereItIsToBe() {
        signing.unsigned(Unsigned.REFUSE);

        assertThatThrownBy(() -> signed(new Draft().from(mailbox("shop@example.net"))))
                .isInstanceOf(Uncomposable.class)
                .hasMessage("from: mail from example.net is not relayed without a DKIM signature"
                        + " (postrider.dkim.unsigned=refuse), and the domain has no key in postrider.dkim.domains");
    }

    @Test
    void aChangedKeyIsTakenUp() throws Exception {
        DkimKey first = DkimKey.ed25519("example.net", "e");
        MessageSigner signer = signing.with(first).signer();
        Draft draft = new Draft().from(mailbox("shop@example.net"));
        byte[] before = Wire.of(signer.sign(Wire.compose(draft.request()))).octets();
        assertThat(Wire.of(signer.sign(Wire.compose(draft.request()))).octets()).isEqualTo(before);

        DkimKey.rsa("example.net", "e", 2048).write(folder);

        assertThat(Wire.of(signer.sign(Wire.compose(draft.request()))).source()).contains("a=rsa-sha256");
    }

    private ComposedMessage signed(Draft draft) throws Uncomposable {
        return signing.signer().sign(Wire.compose(draft.request()));
    }

    private static Draft attached(Path file) {
        return new Draft()
                .attach(new Attachment(
                        file.getFileName().toString(),
                        Optional.empty(),
                        new Attachment.FileReference(
                                file.getParent(), file.getFileName().toString(), Optional.empty()),
                        false,
                        Optional.empty()));
    }

    /** Of the first signature. */
    private static List<String> names(Wire wire) {
        String field = String.join("", wire.field("DKIM-Signature"));
        var list = Pattern.compile("; h=([^;]+);").matcher(field);
        assertThat(list.find()).isTrue();
        return List.of(list.group(1).replace(" ", "").split(":"));
    }

    private static String headerWithoutBoundary(Wire wire) {
        return String.join("\n", wire.headerLines()).replaceAll("boundary=\"[^\"]+\"", "");
    }
}
