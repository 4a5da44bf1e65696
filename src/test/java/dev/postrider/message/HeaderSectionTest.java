package dev.postrider.message;

import static dev.postrider.message.Draft.mailbox;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.submission.Mailbox;
import java.util.stream.IntStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderSectionTest {

    static final String TURKISH = "Siparişiniz yola çıktı: ığüşöç İĞÜŞÖÇ";
    static final String JAPANESE = "ご注文の確認：注文番号17番について、発送が完了しました。ありがとうございます。";
    static final String ARABIC = "تأكيد الطلب رقم ١٧ — شكرًا لكم على ثقتكم بنا";
    static final String EMOJI = "📦 On its way 🚚👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿".repeat(4);

    static String[] scripts() {
        return new String[] {TURKISH, JAPANESE, ARABIC, EMOJI, "Ünal, \"Ö.\" <x@y> (z); =?UTF-8?Q?no?="};
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aSubjectInAnyScriptArrivesAsItWas(String subject) throws Exception {
        Wire wire = Wire.of(new Draft().subject(subject));

        assertThat(wire.message().getSubject()).isEqualTo(subject);
        assertThat(wire.field("Subject")).allMatch(line -> line.length() <= 76);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Your order",
                "a  b\tc",
                "100% = 1,00 € \\ \"quoted\" (comment)",
                "=?UTF-8?Q?literally?=",
                "\u3000件名\u3000"
            })
    void aSubjectIsNeitherInterpretedNorReflowed(String subject) throws Exception {
        assertThat(Wire.of(new Draft().subject(subject)).message().getSubject()).isEqualTo(subject);
    }

    @Test
    void anAsciiSubjectStaysReadable() throws Exception {
        assertThat(Wire.of(new Draft().subject("Your order = 100% (of 17)")).field("Subject"))
                .containsExactly("Subject: Your order = 100% (of 17)");
    }

    @Test
    void aLongSubjectIsFoldedBetweenWords() throws Exception {
        String subject = "a few words and more ".repeat(100).strip();
        Wire wire = Wire.of(new Draft().subject(subject));

        assertThat(wire.field("Subject")).hasSizeGreaterThan(20).allMatch(line -> line.length() <= 78);
        assertThat(wire.unfolded("Subject")).isEqualTo(subject);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ü", "注", "😀"})
    void aLongSubjectWithoutASingleSpaceIsFoldedToo(String character) throws Exception {
        String subject = character.repeat(2000);
        Wire wire = Wire.of(new Draft().subject(subject));

        assertThat(wire.field("Subject")).allMatch(line -> line.length() <= 78);
        assertThat(wire.message().getSubject()).isEqualTo(subject);
    }

    @ParameterizedTest
    @ValueSource(ints = {76, 500, 900})
    void aFirstWordTooLongForALineStandsBehindTheName(int length) throws Exception {
        String subject = "x".repeat(length);

        assertThat(Wire.of(new Draft().subject(subject)).field("Subject")).containsExactly("Subject: " + subject);
    }

    @Test
    void noEncodedWordSplitsACharacter() throws Exception {
        Wire wire = Wire.of(new Draft().subject(EMOJI + JAPANESE));

        // Each word alone must decode to whole characters: RFC 2047 §5.
        for (String word : wire.unfolded("Subject").split(" ")) {
            assertThat(DecoderUtil.decodeEncodedWords(word, DecodeMonitor.STRICT))
                    .doesNotContain("\uFFFD", "?");
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aDisplayNameInAnyScriptArrivesAsItWas(String name) throws Exception {
        Wire wire =
                Wire.of(new Draft().from(new Mailbox(name, "shop@example.com")).to(new Mailbox(name, "a@b.example")));

        assertThat(wire.message().getFrom().get(0).getName()).isEqualTo(name);
        assertThat(wire.message().getFrom().get(0).getAddress()).isEqualTo("shop@example.com");
        assertThat(wire.headerLines()).allMatch(line -> line.length() <= 78);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada",
                "Ada Lovelace",
                "J. R. \"Bob\" Dobbs",
                "Doe, Jane",
                "back\\slash",
                "a@b <c@d>",
                " two  spaces ",
                "=?UTF-8?Q?x?="
            })
    void aDisplayNameInAsciiArrivesAsItWas(String name) throws Exception {
        Wire wire = Wire.of(new Draft().from(new Mailbox(name, "shop@example.com")));

        assertThat(wire.message().getFrom()).singleElement().satisfies(from -> {
            assertThat(from.getName()).isEqualTo(name);
            assertThat(from.getAddress()).isEqualTo("shop@example.com");
        });
    }

    @Test
    void everyAddressFieldSaysWhatTheRequestSays() throws Exception {
        Message message = Wire.of(new Draft()
                        .from(new Mailbox("Shop", "shop@example.com"))
                        .sender(new Mailbox("Robot", "robot@example.com"))
                        .to(new Mailbox("Ada", "ada@example.org"), mailbox("bob@example.org"))
                        .cc(mailbox("cleo@example.org"))
                        .replyTo(mailbox("help@example.com"), mailbox("sales@example.com")))
                .message();

        assertThat(message.getFrom()).extracting(HeaderSectionTest::asGiven).containsExactly("Shop <shop@example.com>");
        assertThat(asGiven(message.getSender())).isEqualTo("Robot <robot@example.com>");
        assertThat(message.getTo().flatten())
                .extracting(HeaderSectionTest::asGiven)
                .containsExactly("Ada <ada@example.org>", "null <bob@example.org>");
        assertThat(message.getCc().flatten())
                .extracting(HeaderSectionTest::asGiven)
                .containsExactly("null <cleo@example.org>");
        assertThat(message.getReplyTo().flatten())
                .extracting(HeaderSectionTest::asGiven)
                .containsExactly("null <help@example.com>", "null <sales@example.com>");
    }

    private static String asGiven(org.apache.james.mime4j.dom.address.Mailbox parsed) {
        return parsed.getName() + " <" + parsed.getAddress() + ">";
    }

    @Test
    void thereIsNoSenderWhenItIsTheAuthorOrNobody() throws Exception {
        assertThat(Wire.of(new Draft()).field("Sender")).isEmpty();
        assertThat(Wire.of(new Draft().sender(new Mailbox("Shop", "shop@example.com")))
                        .field("Sender"))
                .isEmpty();
    }

    @Test
    void aThousandRecipientsAreFoldedBetweenAddresses() throws Exception {
        Mailbox[] to = IntStream.range(0, 1000)
                .mapToObj(i -> new Mailbox("Reçipient " + i, "recipient-" + i + "@example.org"))
                .toArray(Mailbox[]::new);
        Wire wire = Wire.of(new Draft().to(to));

        assertThat(wire.field("To")).allMatch(line -> line.length() <= 78);
        assertThat(wire.message().getTo()).hasSize(1000);
    }

    @Test
    void bccIsNowhereOnTheWire() throws Exception {
        Wire wire = Wire.of(new Draft().bcc(mailbox("secret@example.net")));

        assertThat(wire.source()).doesNotContainIgnoringCase("bcc").doesNotContain("secret");
    }

    @Test
    void aMessageToBccAloneHasAnEmptyGroupForTo() throws Exception {
        Wire wire = Wire.of(new Draft().to().bcc(mailbox("secret@example.net")));

        assertThat(wire.field("To")).containsExactly("To: undisclosed-recipients:;");
        assertThat(wire.message().getTo().flatten()).isEmpty();
        assertThat(wire.source()).doesNotContain("secret");
    }

    @Test
    void aMessageToCcAloneNeedsNoTo() throws Exception {
        Wire wire = Wire.of(new Draft().to().cc(mailbox("cleo@example.org")));

        assertThat(wire.field("To")).isEmpty();
        assertThat(wire.field("Cc")).containsExactly("Cc: cleo@example.org");
    }

    @Test
    void theDateIsTheClocksInUniversalTime() throws Exception {
        Wire wire = Wire.of(new Draft());

        assertThat(wire.field("Date")).containsExactly("Date: Tue, 3 Feb 2026 04:05:06 +0000");
        assertThat(wire.message().getDate()).isEqualTo(Wire.NOW);
    }

    @Test
    void aDomainIsWrittenInAsciiAndALocalPartIsNeverCut() throws Exception {
        Wire wire = Wire.of(
                new Draft().from(new Mailbox("Bücher", "info@bücher.example")).to(mailbox("ayşe@例え.jp")));

        assertThat(wire.unfolded("From")).isEqualTo("=?UTF-8?Q?B=C3=BCcher?= <info@xn--bcher-kva.example>");
        assertThat(wire.unfolded("To")).isEqualTo("ayşe@xn--r8jz45g.jp");
    }

    @Test
    void anExtraFieldIsThere() throws Exception {
        Wire wire = Wire.of(new Draft().header("X-Campaign", "spring").header("X-Unit", TURKISH));

        assertThat(wire.field("X-Campaign")).containsExactly("X-Campaign: spring");
        assertThat(DecoderUtil.decodeEncodedWords(wire.unfolded("X-Unit"), DecodeMonitor.STRICT))
                .isEqualTo(TURKISH);
    }

    @Test
    void aStructuredExtraFieldIsFoldedButNeverEncoded() throws Exception {
        String references = "<" + "a".repeat(90) + "@example.org> "
                + "<bcdef@example.org> ".repeat(100).strip();
        Wire wire = Wire.of(new Draft().header("References", references));

        assertThat(wire.unfolded("References")).isEqualTo(references);
        assertThat(wire.field("References"))
                .filteredOn(line -> line.length() > 78)
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 500, 990, 997, 998, 999, 5000})
    void aWordOfAnyLengthInAnExtraFieldArrivesWithinTheLimit(int length) throws Exception {
        String word = "x".repeat(length);
        Wire wire = Wire.of(new Draft().header("X-A-Rather-Long-Name-For-A-Header-Field-But-Who-Knows", word));

        assertThat(wire.headerLines()).allMatch(line -> line.length() <= 998);
        String body = wire.unfolded("X-A-Rather-Long-Name-For-A-Header-Field-But-Who-Knows");
        assertThat(DecoderUtil.decodeEncodedWords(body, DecodeMonitor.STRICT)).isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Y", "X:Y", "Ünit", "X\u007F"})
    void aFieldNameThatIsNoneIsRefused(String name) {
        assertThatThrownBy(() -> Wire.of(new Draft().header(name, "value")))
                .isInstanceOf(Uncomposable.class)
                .hasMessage("headers: '" + name
                        + "' is no field name: that is 1 to 76 printable ASCII characters without a colon");
    }
}
