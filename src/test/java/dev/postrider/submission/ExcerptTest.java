package dev.postrider.submission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x0A, 0x0D, 0x1B, 0x7F, 0x85, 0x9B, 0x200B, 0x2028, 0x2029, 0x202E, 0xFEFF, 0xE0041})
    void whatIsNotSeenIsEscaped(int character) {
        String text = "a" + Character.toString(character) + "b";

        assertThat(Excerpt.printable(text)).matches("a\\\\[rnu][0-9a-f]*b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "550 5.1.1 no such user", "请求书 ☃ é \uD83D\uDE00", "\\"})
    void whatIsSeenStaysAsItIs(String text) {
        assertThat(Excerpt.printable(text)).isEqualTo(text);
    }
}
