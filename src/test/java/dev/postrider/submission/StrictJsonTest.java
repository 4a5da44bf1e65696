package dev.postrider.submission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StrictJsonTest {

    private static final String AT = "mail.requests-0@17: ";

    private final RequestReader reader = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none());

    @ParameterizedTest
    @MethodSource
    void badJsonIsRefusedWithItsPlace(String content, String fault) {
        assertThat(Refusals.of(reader, content)).startsWith(AT + fault);
    }

    static Stream<Arguments> badJsonIsRefusedWithItsPlace() {
        return Stream.of(
                arguments("{'from': 'a@b.c'", "not JSON: Unexpected end-of-input"),
                arguments("{'from': 'a@b.c',}", "not JSON: Unexpected character ('}' (code 125))"),
                arguments("{'text': secret}", "not JSON: unquoted text: was expecting"),
                arguments("{'from': NaN}", "not JSON: "),
                arguments("{'from': 1, 'from': 2}", "not JSON: Duplicate field 'from' at line 1, column 19"),
                arguments("{}\n{}", "not JSON: something follows the end of the value at line 2, column 1"),
                arguments("{}]", "not JSON: Unexpected close marker ']'"),
                arguments("[".repeat(5000), "not JSON: Document nesting depth (17) exceeds the maximum allowed (16)"),
                arguments(
                        "{'" + "n".repeat(2000) + "': 1}",
                        "not JSON: Name length (2000) exceeds the maximum allowed (1000)"),
                arguments("{'from': 1" + "0".repeat(2000) + "}", "not JSON: Number value length (2001) exceeds"),
                arguments("null", "$: must be a JSON object"),
                arguments("[]", "$: must be a JSON object"),
                arguments("'letter'", "$: must be a JSON object"),
                arguments("{'subject': '\\ud83d'}", "$.subject: holds half a surrogate pair"),
                arguments("{'\\ude00': 1}", "not JSON: Unexpected low surrogate in field name"));
    }

    @Test
    void otherEncodingsThanUtf8AreRefusedWithTheirPlace() {
        String json = "{\"from\": \"ä\"}";

        assertThat(Refusals.of(reader, Arrivals.record(json.getBytes(ISO_8859_1))))
                .isEqualTo(AT + "not UTF-8: malformed at byte 10");
        assertThat(Refusals.of(reader, Arrivals.record(("\uFEFF" + json).getBytes(UTF_16LE))))
                .isEqualTo(AT + "not UTF-8: malformed at byte 0");
        assertThat(Refusals.of(reader, Arrivals.record("{}".getBytes(UTF_16LE))))
                .startsWith(AT + "not JSON");
        // Two ways to hide a character from a filter: NUL in two bytes, a surrogate pair in six.
        assertThat(Refusals.of(reader, Arrivals.record(new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'})))
                .isEqualTo(AT + "not UTF-8: malformed at byte 1");
        assertThat(Refusals.of(reader, Arrivals.record(new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'})))
                .isEqualTo(AT + "not UTF-8: malformed at byte 1");
    }
}
