package dev.postrider.message;

import static dev.postrider.message.Draft.mailbox;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.submission.Mailbox;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that only UTF-8 can write: the message in UTF-8, and the same in ASCII. */
class InternationalMessageTest {

    private static final Mailbox AYSE = new Mailbox("Ayşe Ünal", "ayşe.ünal@örnek.example");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ayşe@example.org",
                "ığüşöç.İ@örnek.example",
                "葉子@例え.example",
                "مرسل@مثال.example",
                "\uD83D\uDE9A\uD83D\uDC90@example.org",
                "\"ayşe ünal\"@example.org"
            })
    void anAddressStandsThereInUtf8AndNoCharacterIsCut(String address) throws Exception {
        String local = address.substring(0, address.lastIndexOf('@'));
        Mailbox[] many = new Mailbox[40];
        Arrays.setAll(many, i -> mailbox(local.replaceFirst("\"?$", i + "$0") + "@example.org"));

        ComposedMessage message = compose(new Draft().to(mailbox(address)).cc(many));

        assertThat(Wire.of(message).unfolded("To")).startsWith(local + "@").endsWith("example" + tail(address));
        assertThat(Wire.of(message).unfolded("Cc").split(", ")).hasSize(40).allMatch(each -> each.contains("@example"));
        assertThat(strictlyDecoded(Wire.of(message))).contains(local);
    }

    @Test
    void inAsciiTheAddressBecomesAnEmptyGroupOfItsName() throws Exception {
        ComposedMessage message = compose(
                new Draft().to(AYSE, new Mailbox("Ada", "ada@example.org")).cc(mailbox("葉子@例え.example")));
        Wire wire = Wire.of(message.inAscii());

        assertThat(wire.octets()).as("octets").doesNotContain(highOctets());
        assertThat(wire.unfolded("To")).matches("(=\\?UTF-8\\?Q\\?\\S+\\?= )+:;, Ada <ada@example\\.org>");
        assertThat(wire.message().getTo()).hasSize(2);
        assertThat(wire.message().getTo().flatten())
                .extracting(Object::toString)
                .containsExactly("ada@example.org");
        assertThat(jakarta.mail.internet.MimeUtility.decodeText(wire.unfolded("To")))
                .isEqualTo("Ayşe Ünal ayşe.ünal@örnek.example :;, Ada <ada@example.org>");
        assertThat(jakarta.mail.internet.MimeUtility.decodeText(wire.unfolded("Cc")))
                .isEqualTo("葉子@例え.example :;");
    }

    @Test
    void bothFormsAreTheSameMessage() throws Exception {
        ComposedMessage message = compose(new Draft().to(AYSE).cc(mailbox("ada@example.org")));

        assertThat(message.inAscii()).isNotSameAs(message);
        assertThat(message.inAscii().inAscii()).isSameAs(message.inAscii());
        assertThat(message.inAscii().messageId()).isEqualTo(message.messageId());
        assertThat(message.inAscii().envelope()).isEqualTo(message.envelope());
        assertThat(message.onlyInUtf8()).isEmpty();
        for (String field : List.of("From", "Subject", "Date", "Message-ID", "Cc")) {
            assertThat(Wire.of(message.inAscii()).field(field))
                    .isEqualTo(Wire.of(message).field(field));
        }
    }

    @Test
    void whoeverIsToBeAnsweredHasNoFormInAscii() throws Exception {
        for (Draft draft : List.of(new Draft().from(AYSE), new Draft().sender(AYSE), new Draft().replyTo(AYSE))) {
            ComposedMessage message = compose(draft.to(AYSE));

            assertThat(message.inAscii()).isSameAs(message);
            assertThat(message.onlyInUtf8()).isPresent();
        }
        assertThat(compose(new Draft().from(AYSE)).onlyInUtf8()).contains("From");
        assertThat(compose(new Draft().sender(AYSE)).onlyInUtf8()).contains("Sender");
        assertThat(compose(new Draft().replyTo(AYSE)).onlyInUtf8()).contains("Reply-To");
    }

    @Test
    void nothingElseIsInUtf8() throws Exception {
        Draft draft = new Draft()
                .from(new Mailbox("Çiçek Dükkânı", "info@bücher.example"))
                .to(new Mailbox("Ünal", "unal@örnek.example"))
                .bcc(AYSE)
                .returnPath("geri@bücher.example")
                .subject("ığüşöç")
                .text("Teşekkürler \uD83D\uDC90");

        ComposedMessage message = compose(draft);

        assertThat(message.inAscii()).isSameAs(message);
        assertThat(message.onlyInUtf8()).isEmpty();
        assertThat(Wire.of(message).octets()).doesNotContain(highOctets());
    }

    @Test
    void textGoesInEightBitsWithAMessageInUtf8AndInSevenWithTheOther() throws Exception {
        Draft draft = new Draft()
                .to(AYSE)
                .text("Teşekkürler \uD83D\uDC90")
                .html("<p>Teşekkürler</p>")
                .attach("a.bin", "a/b", new byte[] {-1, 0});

        Wire utf8 = Wire.of(compose(draft));
        Wire ascii = Wire.of(compose(draft).inAscii());

        assertThat(utf8.source()).contains("\r\n\r\nTeşekkürler \uD83D\uDC90\r\n", "<p>Teşekkürler</p>");
        assertThat(utf8.unfolded("Content-Transfer-Encoding"))
                .as("of what holds the parts")
                .isEqualTo("8bit");
        assertThat(utf8.parts())
                .extracting(part -> part.getContentTransferEncoding())
                .containsExactly("8bit", "8bit", "base64");
        assertThat(ascii.octets()).doesNotContain(highOctets());
        assertThat(ascii.parts()).extracting(Wire::text).first().isEqualTo("Teşekkürler \uD83D\uDC90\r\n");
    }

    @Test
    void aTextWithALongLineIsEncodedNevertheless() throws Exception {
        assertThat(encoding("ş".repeat(499))).isEqualTo("8bit");
        assertThat(encoding("ş".repeat(500))).isEqualTo("base64");
        assertThat(encoding("a\n" + "ş".repeat(500) + "\nb")).isEqualTo("base64");
        assertThat(encoding("ASCII")).isEqualTo("7bit");
    }

    private static String encoding(String text) throws Exception {
        return Wire.of(compose(new Draft().to(AYSE).text(text))).unfolded("Content-Transfer-Encoding");
    }

    private static ComposedMessage compose(Draft draft) throws Uncomposable {
        return Wire.compose(draft.request());
    }

    private static String tail(String address) {
        return address.substring(address.lastIndexOf("example") + "example".length());
    }

    private static String strictlyDecoded(Wire wire) throws CharacterCodingException {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(wire.octets())).toString();
    }

    private static byte[] highOctets() {
        byte[] octets = new byte[128];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (i - 128);
        }
        return octets;
    }
}
