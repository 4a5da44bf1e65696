package dev.postrider.message;

import static dev.postrider.message.Draft.mailbox;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.DkimKey;
import dev.postrider.fixture.DkimVerifiers;
import dev.postrider.fixture.DkimVerifiers.Verdict;
import dev.postrider.submission.Attachment;
import dev.postrider.submission.Mailbox;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** dkimpy and OpenDKIM take our signatures, and take them no longer once somebody has changed the message. */
class VerifiedSignatureTest {

    private static final DkimKey RSA = DkimKey.rsa("example.com", "r2026", 2048);
    private static final DkimKey ED25519 = DkimKey.ed25519("example.com", "e2026");

    @TempDir
    private Path folder;

    private DkimVerifiers verifiers;
    private MessageSigner signer;

    @BeforeAll
    static void verifiersAreThere() {
        DkimVerifiers.require();
    }

    @BeforeEach
    void configure() {
        verifiers = new DkimVerifiers(folder, RSA, ED25519);
        signer = new Signing(folder).with(RSA).with(ED25519).signer();
    }

    @Test
    void bothSignaturesOfEveryMessageAreGood() throws Exception {
        List<Path> messages = new ArrayList<>();
        for (Map.Entry<String, Draft> draft : drafts().entrySet()) {
            messages.add(write(draft.getKey(), signed(draft.getValue())));
        }

        assertThat(verifiers.dkimpy(messages)).containsExactlyInAnyOrderElementsOf(all(messages, true));
        assertThat(verifiers.opendkim(messages)).containsExactlyInAnyOrderElementsOf(all(messages, true));
    }

    @Test
    void bothFormsOfAMessageInUtf8AreSigned() throws Exception {
        Draft draft = everything()
                .to(
                        mailbox("ayşe@örnek.example"),
                        new Mailbox("葉子", "葉子@例え.example"),
                        mailbox("\uD83D\uDE9A@example.org"))
                .text("Teşekkürler \uD83D\uDC90");
        ComposedMessage message = signer.sign(Wire.compose(draft.request()));

        List<Path> forms = List.of(write("utf-8", written(message)), write("ascii", written(message.inAscii())));

        assertThat(forms)
                .as("octets above 127")
                .map(form -> Files.readString(form).chars().anyMatch(c -> c > 127))
                .containsExactly(true, false);
        assertThat(verifiers.dkimpy(forms)).containsExactlyInAnyOrderElementsOf(all(forms, true));
        assertThat(verifiers.opendkim(forms)).containsExactlyInAnyOrderElementsOf(all(forms, true));
    }

    @Test
    void noneIsGoodAfterAChange() throws Exception {
        String message = new String(signed(drafts().get("everything")), ISO_8859_1);
        List<Path> forged = new ArrayList<>();
        for (Map.Entry<String, UnaryOperator<String>> change : changes().entrySet()) {
            String changed = change.getValue().apply(message);
            assertThat(changed).as(change.getKey()).isNotEqualTo(message);
            forged.add(write(change.getKey(), changed.getBytes(ISO_8859_1)));
        }

        assertThat(verifiers.dkimpy(forged)).containsExactlyInAnyOrderElementsOf(all(forged, false));
        assertThat(verifiers.opendkim(forged)).isNotEmpty().noneMatch(Verdict::passed);
    }

    @Test
    void aKeyOfTheMinimumLengthIsTakenToo() throws Exception {
        DkimKey shortest = DkimKey.rsa("example.com", "old", 1024);
        DkimVerifiers knowingIt = new DkimVerifiers(folder, shortest);
        byte[] message = signed(new Draft(), new Signing(folder).with(shortest).signer());

        assertThat(knowingIt.dkimpy(List.of(write("short-key", message))))
                .containsExactly(new Verdict("short-key", "rsa-sha256", true));
    }

    private static List<Verdict> all(List<Path> messages, boolean good) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Path message : messages) {
            verdicts.add(new Verdict(message.getFileName().toString(), "rsa-sha256", good));
            verdicts.add(new Verdict(message.getFileName().toString(), "ed25519-sha256", good));
        }
        return verdicts;
    }

    /** A line end, a name, an octet: what somebody might do on the way. */
    private static Map<String, UnaryOperator<String>> changes() {
        Map<String, UnaryOperator<String>> changes = new LinkedHashMap<>();
        changes.put("body", message -> message.replaceFirst("parcel", "barcel"));
        changes.put("attachment", message -> message.replaceFirst("AAAA", "AAAB"));
        changes.put("a-line-more", message -> message + "and more\r\n");
        changes.put("subject", message -> message.replaceFirst("\r\nSubject: ", "\r\nSubject: Re: "));
        changes.put("recipient", message -> message.replaceFirst("ada@example.org", "eve@example.org"));
        changes.put("date", message -> message.replaceFirst("04:05:06", "04:05:07"));
        changes.put("unsubscribe", message -> message.replaceFirst("/leave", "/enter"));
        for (String field : List.of("From", "Subject", "To", "Cc", "Reply-To", "Content-Type", "Date", "In-Reply-To")) {
            changes.put("second-" + field, message -> field + ": Eve <eve@example.net>\r\n" + message);
            changes.put("last-" + field, message -> message.replaceFirst("\r\n\r\n", "\r\n" + field + ": x\r\n\r\n"));
        }
        changes.put("second-List-Unsubscribe", message -> "List-Unsubscribe: <https://evil.example/>\r\n" + message);
        for (String field : List.of("From", "Reply-To", "Subject", "List-Unsubscribe-Post")) {
            changes.put("no-" + field, message -> message.replaceFirst("\r\n" + field + ":", "\r\nX-" + field + ":"));
        }
        return changes;
    }

    private Map<String, Draft> drafts() throws Exception {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        drafts.put("plain", new Draft());
        drafts.put("everything", everything());
        drafts.put("no-body", new Draft().text(""));
        drafts.put("blank-lines-at-the-end", new Draft().text("words\n\n\n   \n\t\n\n"));
        drafts.put("nothing-but-blank-lines", new Draft().text("\n\n \n\n"));
        drafts.put("white-space", new Draft().text("  two  in front\nand\t\tin the  middle \t\nand behind   \n \nend"));
        drafts.put("dots", new Draft().text(".\n..\n.hidden\n\n.\n"));
        drafts.put("line-of-998", new Draft().text("x".repeat(998) + "\n" + "y".repeat(998)));
        drafts.put("line-of-100000", new Draft().text("z".repeat(100_000)));
        drafts.put(
                "turkish", new Draft().subject("Siparişiniz yolda: ğüşıöç İĞ").text("Teşekkürler, ğüşıöç\n"));
        drafts.put(
                "japanese",
                new Draft()
                        .from(new Mailbox("店", "shop@example.com"))
                        .subject("ご注文の品を発送しました".repeat(20))
                        .text("ありがとうございます。\n".repeat(100)));
        drafts.put("arabic", new Draft().subject("طلبك في الطريق").html("<p dir=rtl>شكرا لك</p>"));
        drafts.put("emoji", new Draft().subject("\uD83D\uDE9A".repeat(50)).text("\uD83D\uDC90"));
        drafts.put("no-subject", new Draft().subject(""));
        drafts.put("spaces-in-the-subject", new Draft().subject("a   b \t c" + " d".repeat(200)));
        drafts.put("alternative", new Draft().html("<p>Thank  you.</p>\n\n"));
        drafts.put("hidden-recipients", new Draft().to().bcc(mailbox("eve@example.net")));
        drafts.put("a-thousand-recipients", new Draft().to(thousand()));
        drafts.put("long-names", new Draft().to(new Mailbox("Name ".repeat(40).strip(), "ada@example.org")));
        drafts.put("other-domain-in-the-envelope", new Draft().returnPath("bounces@example.net"));
        drafts.put("upper-case-domain", new Draft().from(mailbox("shop@EXAMPLE.com")));
        drafts.put("binary", new Draft().attach("noise.bin", "application/octet-stream", noise(300_000)));
        drafts.put(
                "only-an-attachment",
                new Draft().withoutText().html("<p>x</p>").attach("a.txt", "text/plain", noise(10)));
        drafts.put("too-large-to-keep", new Draft().attach("large.bin", "application/octet-stream", noise(2_000_000)));
        drafts.put("from-a-file", new Draft().attach(file(noise(2_500_000))));
        return drafts;
    }

    private Draft everything() throws Exception {
        return new Draft()
                .from(new Mailbox("Çiçek Dükkânı", "shop@example.com"))
                .sender(mailbox("mailer@example.com"))
                .cc(mailbox("sales@example.com"))
                .bcc(mailbox("archive@example.com"))
                .replyTo(mailbox("support@example.com"), new Mailbox("Hopper, Grace", "grace@example.org"))
                .returnPath("bounces+order-17@example.com")
                .subject("Your order 17 is on its way – ğüş")
                .text("Your parcel left our house today.\n")
                .html("<p>Your parcel left our house <b>today</b>.</p>")
                .header("List-Unsubscribe", "<https://example.com/leave?id=17>")
                .header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
                .header("Auto-Submitted", "auto-generated")
                .attach("Sözleşme.pdf", "application/pdf", new byte[1000])
                .attach(file(noise(5000)));
    }

    private Attachment file(byte[] content) throws Exception {
        Path file = Files.write(Files.createTempFile(folder, "attached", ".bin"), content);
        return new Attachment(
                "file.bin",
                Optional.empty(),
                new Attachment.FileReference(folder, file.getFileName().toString(), Optional.empty()),
                false,
                Optional.empty());
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    private static Mailbox[] thousand() {
        return IntStream.range(0, 1000)
                .mapToObj(i -> new Mailbox("Number " + i, "number" + i + "@example.org"))
                .toArray(Mailbox[]::new);
    }

    private byte[] signed(Draft draft) throws Exception {
        return signed(draft, signer);
    }

    private static byte[] signed(Draft draft, MessageSigner signer) throws Exception {
        return written(signer.sign(Wire.compose(draft.request())));
    }

    private static byte[] written(ComposedMessage message) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out, new String[] {"Bcc"});
        assertThat(out.toString(UTF_8)).endsWith("\r\n").doesNotContain("\r\nBcc:");
        return out.toByteArray();
    }

    private Path write(String name, byte[] message) throws Exception {
        return Files.write(folder.resolve(name), message);
    }
}
