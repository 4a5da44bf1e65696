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
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private static final String AT = "mail.requests-0@17: ";

    private final RequestReader reader = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none());

    @ParameterizedTest
    @MethodSource
    void badJsonIsRefusedWithItsPlace(String content, String fault) {
        assertThat(Refusals.of(reader, content))
                .startsWith(AT + fault)
                .doesNotContainPattern("(?i)feature|redacted|source:|`|jackson|\\(code|start marker|token '");
    }

    static Stream<Arguments> badJsonIsRefusedWithItsPlace() {
        return Stream.of(
                arguments("{'from': 'a@b.c'", "not JSON: it ends before it is complete at line 1, column 17"),
                arguments("{'from': 'a@", "not JSON: it ends before it is complete at line 1, column 13"),
                arguments("{'from': ", "not JSON: it ends before it is complete at line 1, column 10"),
                arguments("{'from': 'a@b.c',}", "not JSON: a name in double quotes is expected at line 1, column 18"),
                arguments("{from: 'a@b.c'}", "not JSON: a name in double quotes is expected at line 1, column 2"),
                arguments("{'from' 'a@b.c'}", "not JSON: a colon is expected at line 1, column 9"),
                arguments(
                        "{'from': 'a'\n'to': []}",
                        "not JSON: a comma or a closing brace is expected at line 2, column 1"),
                arguments(
                        "{'to': ['a' 'b']}", "not JSON: a comma or a closing bracket is expected at line 1, column 13"),
                arguments(
                        "{'to': ['a'}}",
                        "not JSON: a closing bracket that nothing was opened for at line 1, column 12"),
                arguments("{'to': }", "not JSON: a value is expected at line 1, column 8"),
                arguments("{'text': secret}", "not JSON: text without double quotes at line 1, column 10"),
                arguments("{'text': 'a\nb'}", "not JSON: a line break or control character in a string; write \\n"),
                arguments("{'text': 'a\\xb'}", "not JSON: an escape that JSON does not have"),
                arguments("{'text': '\\u12x'}", "not JSON: an escape that JSON does not have"),
                arguments("{'from': NaN}", "not JSON: NaN and Infinity are no numbers"),
                arguments("{'from': -Infinity}", "not JSON: NaN and Infinity are no numbers"),
                arguments("{'from': 01}", "not JSON: no number as JSON has them at line 1, column 11"),
                arguments("{'from': 1.}", "not JSON: no number as JSON has them"),
                arguments("{'from': 1e}", "not JSON: no number as JSON has them"),
                arguments("{'from': -}", "not JSON: no number as JSON has them"),
                arguments("{'from': +1}", "not JSON: "),
                arguments("{'from': 1e99999999999}", "not JSON: no number as JSON has them at line 1, column 10"),
                arguments("// order\n{}", "not JSON: JSON has no comments at line 1, column 1"),
                arguments("# order\n{}", "not JSON: a value is expected at line 1, column 1"),
                arguments("\u0001{}", "not JSON: a control character"),
                arguments("{'from': 1, 'from': 2}", "not JSON: the name 'from' is there twice at line 1, column 19"),
                arguments("{'it's': 1}", "not JSON: a colon is expected"),
                arguments("{}\n{}", "not JSON: something follows the end of the value at line 2, column 1"),
                arguments("{}]", "not JSON: a closing bracket that nothing was opened for at line 1, column 3"),
                arguments("[".repeat(5000), "not JSON: more than 16 brackets within each other"),
                arguments("[" + "1,".repeat(100_000) + "1]", "not JSON: more than 100000 names, values and brackets"),
                arguments("{'" + "n".repeat(2000) + "': 1}", "not JSON: a name of more than 1000 characters"),
                arguments("{'from': 1" + "0".repeat(2000) + "}", "not JSON: a number of more than 100 characters"),
                arguments("null", "$: must be a JSON object"),
                arguments("[]", "$: must be a JSON object"),
                arguments("'letter'", "$: must be a JSON object"),
                arguments("{'subject': '\\ud83d'}", "$.subject: holds half a surrogate pair"),
                arguments(
                        "{'\\ude00': 1}",
                        "not JSON: half a surrogate pair, which is no character at line 1, column 9"));
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

    @ParameterizedTest
    @ValueSource(strings = {"{", "  {", "[", "}", "},", "  ],", "  'from': 'a@b.c',", "  'to': [", "'text': 'a' "})
    void aRecordThatIsOneLineOfADocumentIsToldHowToSendTheWhole(String line) {
        assertThat(Refusals.of(reader, line))
                .contains("not JSON: ")
                .endsWith(
                        "; the record is one line of a JSON document: send the whole document as one record, as in kcat"
                                + " -P -t mail.requests order.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'from': 'a@b.c'", "{'from':\n'a@b.c'", "}\n{", "hello", "'letter'"})
    void anotherFaultIsNotTakenForIt(String content) {
        assertThat(Refusals.of(reader, content)).doesNotContain("kcat");
    }

    @Test
    void aFileIsNotToldHowToSendARecord() {
        assertThat(Refusals.of(reader, Arrivals.file("a.json", new byte[] {'{'})))
                .isEqualTo("inbox/a.json: not JSON: it ends before it is complete at line 1, column 2");
    }
}
