package dev.postrider.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.postrider.submission.Attachment;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.james.mime4j.dom.Entity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachedEntityTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 56, 57, 58, 8191, 8192, 1_000_000})
    void everyOctetArrives(int size) throws Exception {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        Wire wire = Wire.of(new Draft().attach("data.bin", "application/octet-stream", content));

        assertThat(Wire.content(wire.parts().get(1))).isEqualTo(content);
        assertThat(wire.lines()).allMatch(line -> line.length() <= 78);
    }

    @Test
    void aTextKeepsItsLineEnds() throws Exception {
        byte[] content = "unix\nmac\rdos\r\n.\nend".getBytes(UTF_8);
        Wire wire = Wire.of(new Draft().attach("notes.txt", "text/plain", content));

        assertThat(Wire.content(wire.parts().get(1))).isEqualTo(content);
    }

    static List<String> names() {
        return List.of(
                "bill.pdf",
                "a b (1); c=d, \"e\" \\ f.pdf",
                "fatura-ığüşöç.pdf",
                "請求書 2026年2月.pdf",
                "فاتورة.pdf",
                "📎 🚚.pdf",
                "100% 'quoted' *star*.pdf",
                "=?UTF-8?Q?literal?=.pdf",
                "n".repeat(250) + ".pdf",
                "請".repeat(250) + ".pdf",
                "😀".repeat(120) + ".pdf");
    }

    @ParameterizedTest
    @MethodSource("names")
    void theNameArrivesAsItWas(String name) throws Exception {
        Wire wire = Wire.of(new Draft().attach(name, "application/pdf", new byte[1]));

        assertThat(wire.parts().get(1).getFilename()).isEqualTo(name);
        assertThat(wire.lines()).allMatch(line -> line.length() <= 78);
    }

    @Test
    void aNameOutsideAsciiIsWrittenInBothWays() throws Exception {
        assertThat(Wire.of(new Draft().attach("ş.pdf", "application/pdf", new byte[1]))
                        .source())
                .contains("Content-Type: application/pdf;\r\n name=\"=?UTF-8?Q?=C5=9F=2Epdf?=\"\r\n")
                .contains("Content-Disposition: attachment;\r\n filename*=UTF-8''%C5%9F.pdf\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "bill.pdf, application/pdf",
        "BILL.PDF, application/pdf",
        "PHOTO.GIF, image/gif",
        "logo.png, image/png",
        "sheet.xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "list.csv, text/csv",
        "backup.tar.gz, application/octet-stream",
        "notes, application/octet-stream",
        "pdf, application/octet-stream",
        "what.ever, application/octet-stream",
        "forwarded.eml, application/octet-stream",
    })
    void theTypeIsTakenFromTheNameWhenNoneIsGiven(String name, String type) throws Exception {
        Attachment attachment =
                new Attachment(name, Optional.empty(), new Attachment.Bytes(new byte[1]), false, Optional.empty());

        assertThat(Wire.of(new Draft().attach(attachment)).parts().get(1).getMimeType())
                .isEqualTo(type);
    }

    @Test
    void aTypeThatIsGivenStaysWithItsParametersSaveForTheName() throws Exception {
        Wire wire = Wire.of(new Draft().attach("a.csv", "text/csv; charset=iso-8859-9; name=b.csv", new byte[1]));

        Entity part = wire.parts().get(1);
        assertThat(part.getMimeType()).isEqualTo("text/csv");
        assertThat(part.getCharset()).isEqualTo("iso-8859-9");
        assertThat(wire.source()).doesNotContain("b.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"message/global", "message/partial", "multipart/mixed; boundary=x"})
    void whatMayNotBeEncodedTravelsAsOctets(String type) throws Exception {
        byte[] content = "Subject: ü\n\nbare\nline ends".getBytes(UTF_8);
        Entity part = Wire.of(new Draft().attach("forwarded.eml", type, content))
                .parts()
                .get(1);

        assertThat(part.getMimeType()).isEqualTo("application/octet-stream");
        assertThat(Wire.content(part)).isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource({"order, 7bit", "Sipariş, 8bit"})
    void aMessageIsAttachedUnencoded(String words, String encoding) throws Exception {
        String message = "From: a@b.example\nSubject: x\n\n" + words + "\n.\n";
        ComposedMessage composed = Wire.compose(new Draft()
                .attach("forwarded.eml", "Message/RFC822", message.getBytes(UTF_8))
                .request());
        MimeMessage read =
                new MimeMessage(null, new ByteArrayInputStream(Wire.of(composed).octets()));
        MimeMultipart mixed = (MimeMultipart) read.getContent();
        MimeBodyPart part = (MimeBodyPart) mixed.getBodyPart(1);

        assertThat(part.getContentType())
                .startsWithIgnoringCase("message/rfc822;")
                .contains("forwarded.eml");
        assertThat(part.getEncoding()).isEqualTo(encoding);
        assertThat(part.getRawInputStream()).hasBinaryContent(message.getBytes(UTF_8));
        assertThat(read.getEncoding()).isEqualTo(encoding.equals("8bit") ? "8bit" : null);
        assertThat(composed.eightBit()).isEqualTo(encoding.equals("8bit"));
    }

    @ParameterizedTest
    @MethodSource
    void aMessageThatCouldOnlyBeAttachedEncodedIsRefusedByItsPath(String content, String fault) {
        assertThatThrownBy(() -> Wire.of(new Draft().attach("a.eml", "message/rfc822", content.getBytes(UTF_8))))
                .isInstanceOf(Uncomposable.class)
                .hasMessage("$.attachments[0]: " + fault + ", so that it cannot be attached as message/rfc822;"
                        + " application/octet-stream takes any octets");
    }

    static Stream<Arguments> aMessageThatCouldOnlyBeAttachedEncodedIsRefusedByItsPath() {
        return Stream.of(
                arguments("A: b\r\n\r\na\0b", "line 3 of the message has a NUL"),
                arguments("A: b\n\na\rb", "line 3 of the message has a CR without LF"),
                arguments("A: b\r", "line 1 of the message has a CR without LF"),
                arguments("A: b\n\n" + "x".repeat(999), "line 3 of the message has more than 998 octets"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pdf", "text/", "/plain", "text/plain; charset", "text/plàin", "text/plain; x=ü"})
    void aTypeThatIsNoneIsRefusedByItsPath(String type) {
        assertThatThrownBy(() ->
                        Wire.of(new Draft().attach("a", "a/b", new byte[1]).attach("b", type, new byte[1])))
                .isInstanceOf(Uncomposable.class)
                .hasMessageStartingWith("$.attachments[1].contentType:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<logo>", "a b", "logó"})
    void aContentIdThatWouldBreakTheFieldIsRefused(String contentId) {
        Attachment attachment = new Attachment(
                "a.png", Optional.empty(), new Attachment.Bytes(new byte[1]), true, Optional.of(contentId));

        assertThatThrownBy(() -> Wire.of(new Draft().attach(attachment)))
                .isInstanceOf(Uncomposable.class)
                .hasMessageStartingWith("$.attachments[0].contentId:");
    }
}
