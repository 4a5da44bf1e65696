package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTest {

    @Test
    void codeEnhancedCodeAndTextAreToldApart() {
        Reply reply = Reply.parse("550 5.1.1 <nobody@example.org>: no such user");

        assertThat(reply.code()).isEqualTo(550);
        assertThat(reply.enhancedCode()).contains("5.1.1");
        assertThat(reply.text()).isEqualTo("<nobody@example.org>: no such user");
        assertThat(reply).hasToString("550 5.1.1 <nobody@example.org>: no such user");
    }

    @Test
    void theLinesOfAReplyAreJoined() {
        Reply reply =
                Reply.parse("550-5.7.1 Your message was refused.\r\n550-5.7.1 Ask postmaster\r\n550 5.7.1 why.\r\n");

        assertThat(reply.text()).isEqualTo("Your message was refused. Ask postmaster why.");
        assertThat(reply.enhancedCode()).contains("5.7.1");
    }

    @Test
    void aLongTextIsCutBetweenTwoCharacters() {
        String text = Reply.parse("550 x" + "\uD83D\uDE9A".repeat(600)).text();

        assertThat(text.codePointCount(0, text.length())).isEqualTo(500);
        assertThat(text).endsWith("\uD83D\uDE9A");
    }

    @Test
    void thereNeedNotBeAnEnhancedCodeOrAText() {
        assertThat(Reply.parse("250 ok 1.2.3.4 is fine").enhancedCode()).isEmpty();
        assertThat(Reply.parse("250 ok 1.2.3.4 is fine").text()).isEqualTo("ok 1.2.3.4 is fine");
        assertThat(Reply.parse("250")).hasToString("250");
        assertThat(Reply.parse("250 2.0.0")).hasToString("250 2.0.0");
    }

    @Test
    void whatOnlyLooksLikeAnEnhancedCodeIsText() {
        assertThat(Reply.parse("550 5.1.1.9 is not a code").enhancedCode()).isEmpty();
        assertThat(Reply.parse("550 3.1.1 is none either").enhancedCode()).isEmpty(); // RFC 3463 §2: 2, 4 or 5
        assertThat(Reply.parse("550 5.1111.1 nor this").enhancedCode()).isEmpty();
    }

    @Test
    void whatIsNoReplyHasCodeZero() {
        assertThat(Reply.parse("hello there").code()).isZero();
        assertThat(Reply.parse("hello there")).hasToString("hello there");
        assertThat(Reply.parse("").code()).isZero();
    }

    @Test
    void whatIsNotSeenIsEscapedAndLongTextsAreCut() {
        assertThat(Reply.parse("550 \u001b[31mred\u0000\u009b").text()).isEqualTo("\\u001b[31mred\\u0000\\u009b");
        assertThat(Reply.parse("550 " + "x".repeat(10_000)).text()).hasSize(500);
        assertThat(Reply.parse("550 " + "\u001b".repeat(10_000)).text()).hasSize(500);
    }

    /** Each of them ends a line elsewhere, or is not matched by the dot of a regular expression. */
    @ParameterizedTest
    @CsvSource({
        "\\r, 000d",
        "\\u0085, 0085",
        "\\u2028, 2028",
        "\\u2029, 2029",
        "\\u202e, 202e",
        "\\u200b, 200b",
        "\\n, 000a"
    })
    void theCodeIsTheFirstThreeOctetsWhateverTheTextHolds(String shown, String character) {
        String odd = Character.toString(Integer.parseInt(character, 16));

        Reply reply = Reply.parse("550 5.1.1 no" + odd + "such user" + odd);

        assertThat(reply.code()).isEqualTo(550);
        assertThat(reply.enhancedCode()).contains("5.1.1");
        assertThat(reply.text()).startsWith("no" + shown + "such user");
        assertThat(Reply.parse("250" + odd).code()).isEqualTo(250);
        assertThat(Reply.parse("250 " + odd).code()).isEqualTo(250);
    }

    @Test
    void digitsAreThoseOfAscii() {
        assertThat(Reply.parse("2\u0665\u0660 ok").code()).isZero();
        assertThat(Reply.parse("2500 ok").code()).isZero();
        assertThat(Reply.parse("250ok").code()).isZero();
        assertThat(Reply.parse("650 ok").code()).isZero();
    }

    @Test
    void ofTwoCodesTheLastCounts() {
        Reply reply = Reply.parse("220-2.0.0 relay.example ESMTP\r\n554 5.7.1 no service for you");

        assertThat(reply).hasToString("554 5.7.1 no service for you");
    }

    @Test
    void theFirstDigitTells() {
        assertThat(Reply.parse("251 2.1.5 will forward").accepted()).isTrue();
        assertThat(Reply.parse("354 go ahead").accepted()).isFalse();
        assertThat(Reply.parse("451 4.3.0 later").accepted()).isFalse();
        assertThat(Reply.parse("451 4.3.0 later").putsOff()).isTrue();
        assertThat(Reply.parse("550 5.7.1 no").putsOff()).isFalse();
    }
}
