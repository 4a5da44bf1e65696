package dev.postrider.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What bad input gets: the record or file, the place in it, and the rule. */
class RefusedRequestTest {

    private static final String AT = "mail.requests-0@17: ";

    private final RequestReader reader = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none());

    @ParameterizedTest
    @MethodSource
    void aWrongShapeIsRefusedWithItsPath(String fields, String faults) {
        String request = "{" + fields + ", 'from': 'a@b.c', 'to': ['d@e.f'], 'text': ''}";

        assertThat(Refusals.of(reader, request)).isEqualTo(AT + faults);
    }

    static Stream<Arguments> aWrongShapeIsRefusedWithItsPath() {
        return Stream.of(
                arguments("'form': 1", "$.form: unknown field"),
                arguments("'a b\\n': 1", "$['a b\\n']: unknown field"),
                arguments("'sender': {'adress': 'x'}", "$.sender.address: is required; $.sender.adress: unknown field"),
                arguments("'sender': {'address': 'd@e.f', 'name': 7}", "$.sender.name: must be a string (\"7\")"),
                arguments("'sender': ''", "$.sender: must not be empty (\"\")"),
                arguments("'cc': [null]", "$.cc[0]: must be a string or a JSON object (\"null\")"),
                arguments("'headers': {'X-A': null}", "$.headers.X-A: must be a string"),
                arguments("'form': null", "$.form: unknown field"),
                arguments("'$schema': 7", "$.$schema: must be a string"),
                arguments("'onUnknown': 1e999999999", "$.onUnknown: must be a string"),
                arguments("'dsn': {'notify': [1e999999999]}", "$.dsn.notify[0]: must be a string"),
                arguments(
                        "'dsn': {'notify': ['never', 'failure', 'delay', 'success', 'never']}",
                        "$.dsn.notify: at most 4, not 5"),
                arguments("'cc': 'd@e.f'", "$.cc: must be a list (\"d@e.f\")"),
                arguments("'cc': ['d@e.f', 7]", "$.cc[1]: must be a string or a JSON object (\"7\")"),
                arguments(
                        "'cc': ['A\\r\\nBcc: x@y.z <d@e.f>']",
                        "$.cc[0]: must be one line without control characters (\"A\\r\\nBcc: x@y.z <d@e.f>\")"),
                arguments("'id': ''", "$.id: must not be empty (\"\")"),
                arguments("'id': 'a\\u202eb'", "$.id: must be printable characters (\"a\\u202eb\")"),
                arguments(
                        "'id': '" + "é".repeat(201) + "'",
                        "$.id: at most 200 characters (\"" + "é".repeat(60) + "…\")"),
                arguments("'subject': 'a\\r\\nBcc: x@y.z'", "$.subject: must be one line without control characters"),
                arguments("'subject': 'a\\n'", "$.subject: must be one line without control characters"),
                arguments("'subject': 'a\\u0000'", "$.subject: must be one line without control characters"),
                arguments("'html': ['secret']", "$.html: must be a string"),
                arguments("'metadata': {'a': 1}", "$.metadata.a: must be a string"),
                arguments("'attachments': [7]", "$.attachments[0]: must be a JSON object (\"7\")"),
                arguments("'calendar': {'method': 'REQUEST'}", "$.calendar.content: is required"),
                arguments(
                        "'calendar': {'method': 'request', 'content': 'x'}",
                        "$.calendar.method: must be PUBLISH, REQUEST, REPLY, ADD, CANCEL, REFRESH, COUNTER or DECLINECOUNTER"
                                + " (RFC 5546 §1.4)"),
                arguments("'template': {}", "$.template.name: is required"),
                arguments("'template': {'name': 'a'}", "$.text: is made by 'template', remove one"),
                arguments(
                        "'template': {'name': '../a'}",
                        "$.template.name: must be letters, digits, '.', '_' and '-', and not begin with a dot"),
                arguments(
                        "'template': {'name': 'a', 'locale': 'tr_TR'}",
                        "$.template.locale: must be a language tag such as tr or tr-TR (RFC 5646)"),
                arguments("'template': {'name': 'a', 'data': []}", "$.template.data: must be a JSON object"),
                arguments("'listUnsubscribe': {}", "$.listUnsubscribe.url: 'url', 'mailto' or both"));
    }

    @ParameterizedTest
    @MethodSource
    void whateverIsWrongIsToldAtOnce(String request, String faults) {
        assertThat(Refusals.of(reader, request)).isEqualTo(AT + faults);
    }

    static Stream<Arguments> whateverIsWrongIsToldAtOnce() {
        return Stream.of(
                arguments(
                        "{'from': 'a@', 'to': ['d@e.f'], 'text': '', 'form': 1, 'subject': 7, 'sendAt': 'soon'}",
                        "$.subject: must be a string; $.form: unknown field;"
                                + " $.from: not an address: address too short (\"a@\");"
                                + " $.sendAt: must be a time with date and offset such as 2026-03-01T09:00:00+01:00"
                                + " (RFC 3339) (\"soon\")"),
                arguments(
                        "{'from': 'a@b.c', 'to': ['d@', 7], 'html': 7, 'dsn': {'notify': ['never', 'failure']},"
                                + " 'attachments': [{'filename': 'a', 'content': '', 'inline': true, 'contentId': 'a'}]}",
                        "$.to[1]: must be a string or a JSON object (\"7\"); $.html: must be a string;"
                                + " $.dsn.notify: 'never' stands alone (RFC 3461 §4.1)"),
                arguments("['a@b.c']", "$: must be a JSON object"));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsMissingIsNamed(String request, String faults) {
        assertThat(Refusals.of(reader, request)).isEqualTo(AT + faults);
    }

    static Stream<Arguments> whatIsMissingIsNamed() {
        return Stream.of(
                arguments("{'to': ['d@e.f'], 'text': ''}", "$.from: is required"),
                arguments("{'from': 'a@b.c', 'to': ['d@e.f']}", "$.text: 'text', 'html' or both"),
                arguments("{'from': 'a@b.c', 'text': ''}", "$.to: at least one recipient in 'to', 'cc' or 'bcc'"),
                arguments(
                        "{'from': 'a@b.c', 'text': '', 'to': [], 'cc': []}",
                        "$.to: at least one recipient in 'to', 'cc' or 'bcc'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'id': 'order-17', 'metadata': {'tenant': 'north'}, 'subjekt': ''}                    | order-17 | {tenant=north}
            {'id': 'order-17', 'from': 'a', 'to': ['d@e.f'], 'text': '', 'metadata': {'a': 'b'}}  | order-17 | {a=b}
            {'id': 17, 'metadata': {'tenant': 'north'}}                                           |          | {tenant=north}
            {'id': 'a\\u0000b', 'metadata': {'tenant': 4}}                                        |          | {}
            {'metadata': []}                                                                      |          | {}
            not JSON                                                                              |          | {}
            """)
    void aRefusedRequestIsKnownByWhatIsRightOfIt(String request, String id, String metadata) {
        InvalidRequest refused = catchThrowableOfType(
                InvalidRequest.class, () -> reader.read(Arrivals.record(request.replace('\'', '"'))));

        assertThat(refused.identity().id()).isEqualTo(Optional.ofNullable(id));
        assertThat(refused.identity().metadata()).hasToString(metadata);
    }

    @Test
    void fiveThousandRecipientsAreTooMany() {
        assertThat(Refusals.of(reader, addressedTo("to", 5000))).isEqualTo(AT + "$.to: at most 1000, not 5000");
    }

    @Test
    void fortyThousandUnknownFieldsAreToldInOneLine() {
        String unknown =
                IntStream.range(0, 40_000).mapToObj(i -> "'a" + i + "': 1").collect(Collectors.joining(","));

        assertThat(Refusals.of(reader, "{" + unknown + "}"))
                .matches(AT.replace("@", ".") + "\\$: at most \\d\\d, not 40000");
        assertThat(Refusals.of(reader, "{'from': {" + unknown + "}, 'to': ['d@e.f'], 'text': ''}"))
                .isEqualTo(AT + "$.from: at most 12, not 40000");
    }

    @Test
    void metadataOfMoreThanSixteenKilobytesIsRefusedAndNotHandedBack() {
        String metadata = IntStream.range(0, 17)
                .mapToObj(i -> "'%02d': '%s'".formatted(i, "é".repeat(481)))
                .collect(Collectors.joining(",", "{", "}"));
        String request =
                "{'id': 'order-17', 'from': 'a@b.c', 'to': ['d@e.f'], 'text': '', 'metadata': " + metadata + "}";

        InvalidRequest refused = catchThrowableOfType(
                InvalidRequest.class, () -> reader.read(Arrivals.record(request.replace('\'', '"'))));

        assertThat(refused)
                .hasMessage(AT + "$.metadata: at most 16384 bytes, names and values together in UTF-8, not 16388");
        assertThat(refused.identity()).isEqualTo(new Identity(Optional.of("order-17"), Map.of()));
    }

    @Test
    void metadataOfSixteenKilobytesIsAccepted() throws InvalidRequest {
        String metadata = IntStream.range(0, 16)
                .mapToObj(i -> "\"%02d\": \"%s\"".formatted(i, "é".repeat(511)))
                .collect(Collectors.joining(",", "{", "}"));
        String request = "{\"from\": \"a@b.c\", \"to\": [\"d@e.f\"], \"text\": \"\", \"metadata\": " + metadata + "}";

        assertThat(reader.read(Arrivals.record(request)).metadata()).hasSize(16);
    }

    @Test
    void recipientsAreCountedTogether() {
        String request = addressedTo("to", 600).replace("{", "{'bcc': " + addresses(401) + ",");

        assertThat(Refusals.of(reader, request))
                .isEqualTo(AT + "$: at most 1000 recipients in 'to', 'cc' and 'bcc' together, not 1001");
    }

    @Test
    void theFirstTenFaultsAreToldAndTheOthersCounted() {
        String request = addressedTo("to", 13).replace("@", " at ");

        assertThat(Refusals.of(reader, request))
                .startsWith(AT + "$.from: not an address")
                .contains("; $.to[0]: not an address", "; $.to[8]: not an address")
                .doesNotContain("$.to[9]")
                .endsWith("; and 4 more");
    }

    @Test
    void anOversizedRequestIsRefusedUnread() {
        assertThat(Refusals.of(reader, Arrivals.record(new byte[40_000_000])))
                .isEqualTo(AT + "at most 37748736 bytes, and this has more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'id': '%s'",
                "'subject': '%s'",
                "'returnPath': '%s'",
                "'sender': 'A <%s@d.e>'",
                "'sender': {'address': 'd@e.f', 'name': '%s'}",
                "'sender': {'address': '%s@d.e'}",
                "'headers': {'X-A': '%s'}",
                "'metadata': {'a': '%s'}",
                "'attachments': [{'filename': '%s', 'content': ''}]",
                "'attachments': [{'filename': 'x', 'file': '%s'}]",
                "'attachments': [{'filename': 'x', 'content': '', 'contentType': 'a/b%s'}]",
                "'attachments': [{'filename': 'x', 'content': '', 'contentId': '%s'}]",
                "'listUnsubscribe': {'url': '%s'}",
                "'listUnsubscribe': {'mailto': '%s'}",
                "'sendAt': '%s'"
            })
    void aValueOfMegabytesIsRefusedByItsLengthWithoutExhaustingTheStack(String field) {
        String request =
                "{" + field.formatted(";a=b".repeat(1_000_000)) + ", 'from': 'a@b.c', 'to': ['d@e.f'], 'text': ''}";

        assertThat(Refusals.of(reader, request)).contains(": at most ").hasSizeLessThan(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t", "\uFEFF"})
    void anEmptyRequestIsSaidToBeEmpty(String content) {
        assertThat(Refusals.of(reader, content)).isEqualTo(AT + "empty");
    }

    @Test
    void aRecordWithoutAValueIsRefused() {
        assertThat(Refusals.of(reader, Arrivals.record((byte[]) null))).startsWith(AT + "nothing to read");
    }

    @Test
    void anErrorIsOneLineWhateverItTells() {
        byte[] content = "{\"x\\ny\\u001b[31m\": 1, \"id\": \"\\u0007\"}".getBytes(UTF_8);

        assertThat(Refusals.of(reader, Arrivals.file("a\nb\u202e.json", content)))
                .startsWith("inbox/a\\nb\\u202e.json: ")
                .contains("$['x\\ny\\u001b[31m']: unknown field", "$.id: must be printable characters (\"\\u0007\")")
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    }

    @Test
    void lettersFieldValuesAndMetadataAreNotRepeated() {
        String request = """
            {'from': 'a@b.c', 'to': ['d@e.f'], 'text': 5551, 'html': 5552, 'subject': 5553, 'password': '5554',
             'headers': {'X-Token': 5555}, 'metadata': {'token': 5556},
             'attachments': [{'filename': 'x', 'content': 5557}]}\
            """;

        assertThat(Refusals.of(reader, request))
                .contains("$.text", "$.headers.X-Token")
                .doesNotContain("555");
    }

    private static String addressedTo(String field, int count) {
        return "{'from': 'a@b.c', 'text': '', '" + field + "': " + addresses(count) + "}";
    }

    private static String addresses(int count) {
        return Collections.nCopies(count, "'d@e.f'").toString();
    }
}
