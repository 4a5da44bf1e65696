package dev.postrider.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class XtextTest {

    @Test
    void whatWouldEndTheValueIsWrittenInHex() {
        assertThat(Xtext.of("order-17/2026")).isEqualTo("order-17/2026");
        assertThat(Xtext.of("a b+c=d\r\n\0")).isEqualTo("a+20b+2Bc+3Dd+0D+0A+00");
        assertThatThrownBy(() -> Xtext.of("ş")).hasMessageContaining("not ASCII");
    }

    @Test
    void anAddressInAnyScriptIsWrittenInAscii() {
        assertThat(Xtext.ofAddress("ayşe@example.org")).isEqualTo("ay\\x{15F}e@example.org");
        assertThat(Xtext.ofAddress("é+\uD83D\uDE9A@example.org")).isEqualTo("\\x{E9}\\x{2B}\\x{1F69A}@example.org");
        assertThat(Xtext.ofAddress("\"a b\\=\"@x")).isEqualTo("\"a\\x{20}b\\x{5C}\\x{3D}\"@x");
    }

    @Test
    void neitherEverHasASpaceOrALineEnd() {
        Random random = new Random(17);
        for (int i = 0; i < 1000; i++) {
            String any = random.ints(50, 0, 0x3000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            String ascii = any.replaceAll("[^\\x00-\\x7F]", "");

            assertThat(Xtext.ofAddress(any)).matches("[!-~&&[^+=]]*");
            assertThat(Xtext.of(ascii)).matches("[!-~&&[^=]]*");
        }
    }

    @Test
    void theLongestAddressIsWithinWhatARelayReads() {
        String most = "\"" + "+".repeat(62) + "\"@" + "x".repeat(188);
        String widest = "\u0800".repeat(21) + "@" + "x".repeat(189);

        assertThat("rfc822;" + Xtext.of(most)).hasSizeLessThan(500); // RFC 3461 §4.2
        assertThat("utf-8;" + Xtext.ofAddress(widest)).hasSizeLessThan(500);
    }
}
