package dev.postrider.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelaxedFormTest {

    /** RFC 6376 §3.4.5. */
    @Test
    void theExampleOfTheRfcBecomesWhatItSays() {
        HeaderSection header = HeaderSection.of("A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n".getBytes(ISO_8859_1));

        assertThat(header.signed(List.of("A", "B"))).isEqualTo("a:X\r\nb:Y Z\r\n");
        assertThat(hash(" C \r\nD \t E\r\n\r\n\r\n")).isEqualTo(plainHash(" C\r\nD E\r\n"));
    }

    /** In these rows / is CRLF, _ a space and > a tab. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            words,            words/
            words/,           words/
            words////,        words/
            words/_/>/__>/,   words/
            a_>_b/,           a_b/
            __a/,             _a/
            a/_/b/,           a//b/
            /a/,              /a/
            _a__/__b_/,       _a/_b/
            """)
    void aBodyIsHashedInItsRelaxedForm(String body, String relaxed) {
        assertThat(hash(lines(body))).isEqualTo(plainHash(lines(relaxed)));
    }

    /** RFC 6376 §3.4.4: only of what has no body at all. */
    @Test
    void aBodyOfEmptyLinesIsNone() {
        byte[] none = plainHash("");

        assertThat(hash("")).isEqualTo(none);
        assertThat(hash("\r\n\r\n")).isEqualTo(none);
        assertThat(hash(" \t\r\n \r\n")).isEqualTo(none);
    }

    @Test
    void aBodyLargerThanTheBufferIsHashedWhole() {
        String large = "0123456789abcdef".repeat(10_000) + "\r\n";

        assertThat(hash(large)).isEqualTo(plainHash(large));
    }

    /** RFC 6376 §5.4.2. */
    @Test
    void aNameThatStandsTwiceInTheListTakesTheFieldsFromTheLastOneUp() {
        HeaderSection header = HeaderSection.of("To: 1\r\nX: 2\r\nto: 3\r\n".getBytes(ISO_8859_1));

        assertThat(header.signed(List.of("To", "To", "To", "X", "Cc", "X"))).isEqualTo("to:3\r\nto:1\r\nx:2\r\n");
    }

    @Test
    void whatIsNoFieldIsLeftOut() {
        HeaderSection header =
                HeaderSection.of("From a@b Mon\r\nTo: 1\r\nno colon\r\n at:all\r\n".getBytes(ISO_8859_1));

        assertThat(header.signed(List.of("To"))).isEqualTo("to:1\r\n");
        assertThat(header.count("to")).isEqualTo(1);
    }

    @Test
    void anImprintTellsHeaderFromBodyHoweverItIsWritten() {
        byte[] message = "A: 1\r\nB: 2\r\n 3\r\n\r\nbody\r\n\r\nmore\r\n".getBytes(ISO_8859_1);
        Imprint whole = new Imprint(1000);
        whole.write(message, 0, message.length);
        Imprint octets = new Imprint(1000);
        for (byte octet : message) {
            octets.write(octet);
        }

        assertThat(whole.octets()).hasValue(message);
        assertThat(octets.octets()).hasValue(message);
        Imprint.Digest digest = whole.digest();
        assertThat(digest.header().signed(List.of("a", "b"))).isEqualTo("a:1\r\nb:2 3\r\n");
        assertThat(digest.bodyHash()).isEqualTo(plainHash("body\r\n\r\nmore\r\n"));
        assertThat(octets.digest().bodyHash()).isEqualTo(digest.bodyHash());
    }

    @Test
    void anImprintKeepsNothingOfWhatIsTooLarge() {
        Imprint imprint = new Imprint(10);
        imprint.write(new byte[6], 0, 6);
        assertThat(imprint.octets()).isPresent();

        imprint.write(new byte[6], 0, 6);
        imprint.write(new byte[1], 0, 1);

        assertThat(imprint.octets()).isEmpty();
    }

    private static byte[] hash(String body) {
        RelaxedBody relaxed = new RelaxedBody(Algorithm.sha256());
        byte[] octets = body.getBytes(ISO_8859_1);
        relaxed.write(octets, 0, octets.length);
        return relaxed.hash();
    }

    private static byte[] plainHash(String text) {
        return Algorithm.sha256().digest(text.getBytes(ISO_8859_1));
    }

    private static String lines(String row) {
        return row.replace("/", "\r\n").replace('_', ' ').replace('>', '\t');
    }
}
