package dev.postrider.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.james.mime4j.dom.Entity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WireFormatTest {

    static List<String> bodies() {
        return List.of(
                "",
                "one line",
                "ends with a line end\n",
                "unix\nmac\rdos\r\nmixed\n\r\n\rend",
                ".\n..\n.hidden\nFrom the start\n-- \nsignature",
                "trailing space \ntrailing tab\t\n",
                "control \u0000\u0001\u001b[31m\u007f characters",
                "x".repeat(998) + "\n" + "y".repeat(998),
                "x".repeat(999),
                "x".repeat(5000) + " " + "y".repeat(5000),
                HeaderSectionTest.TURKISH.repeat(100),
                HeaderSectionTest.JAPANESE.repeat(100),
                HeaderSectionTest.ARABIC + "\n" + HeaderSectionTest.EMOJI,
                "é".repeat(2000),
                "------=_Part_0_1.2\n--boundary--\n");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aTextArrivesWordForWord(String body) throws Exception {
        Wire wire = Wire.of(new Draft().text(body));

        assertThat(Wire.text(wire.message())).isEqualTo(canonical(body));
        assertIsFitForSmtp(wire);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void anHtmlBodyArrivesWordForWordBesideTheRest(String body) throws Exception {
        Wire wire = Wire.of(new Draft().text(body).html(body).attach("data.txt", "text/plain", body.getBytes(UTF_8)));

        List<Entity> parts = wire.parts();
        assertThat(Wire.text(parts.get(0))).isEqualTo(canonical(body));
        assertThat(Wire.text(parts.get(1))).isEqualTo(canonical(body));
        assertThat(Wire.content(parts.get(2))).isEqualTo(body.getBytes(UTF_8));
        assertIsFitForSmtp(wire);
    }

    @ParameterizedTest
    @CsvSource({"plain words, 7bit, us-ascii", "çok güzel bir gün, quoted-printable, utf-8", "ありがとう, base64, utf-8"})
    void theEncodingFitsTheContent(String body, String encoding, String charset) throws Exception {
        Wire wire = Wire.of(new Draft().text(body));

        assertThat(wire.message().getContentTransferEncoding()).isEqualTo(encoding);
        assertThat(wire.message().getCharset()).isEqualToIgnoringCase(charset);
    }

    @Test
    void aDotAtTheStartOfALineIsLeftToTheTransport() throws Exception {
        assertThat(Wire.of(new Draft().text("a\n.\n.b")).source()).endsWith("\r\n\r\na\r\n.\r\n.b\r\n");
    }

    private static void assertIsFitForSmtp(Wire wire) {
        assertThat(wire.lines()).allMatch(line -> line.length() <= 998);
        assertThat(wire.headerLines()).allMatch(line -> line.length() <= 78);
        assertThat(wire.source()).endsWith("\r\n");
        assertThat(wire.source().replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(wire.source().chars()).allMatch(octet -> octet > 0 && octet < 0x80);
    }

    private static String canonical(String body) {
        String lines = body.replaceAll("\r\n|\r|\n", "\r\n");
        return lines.endsWith("\r\n") ? lines : lines + "\r\n";
    }
}
