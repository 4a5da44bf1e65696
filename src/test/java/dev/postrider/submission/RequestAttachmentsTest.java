package dev.postrider.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestAttachmentsTest {

    private static final String AT = "mail.requests-0@17: ";

    /** FIPS 180-4 has it as an example: of "abc". */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path root;

    private RequestReader reader;

    @BeforeEach
    void atMostThreeAttachmentsOfTenBytesTogether() throws IOException {
        Files.writeString(root.resolve("six.txt"), "123456");
        reader = new RequestReader(new RequestLimits(10_000, 10, 3, 10), AttachmentsRoot.at(root));
    }

    @Test
    void bytesAndFilesArriveInOrder() throws Exception {
        List<Attachment> attachments = read("""
            {'filename': 'ü.csv', 'contentType': 'text/csv; charset=\\"utf-8\\"; header=present', 'content': 'aWQ7'},
            {'filename': 'six.txt', 'file': 'six.txt', 'inline': true, 'contentId': 'a@b'},
            {'filename': 'empty', 'content': '', 'inline': false}\
            """);

        assertThat(attachments).extracting(Attachment::filename).containsExactly("ü.csv", "six.txt", "empty");
        assertThat(attachments.get(0).contentType()).contains("text/csv; charset=\"utf-8\"; header=present");
        assertThat(((Attachment.Bytes) attachments.get(0).content()).bytes())
                .asString()
                .isEqualTo("id;");
        assertThat(attachments.get(1).content())
                .isEqualTo(new Attachment.FileReference(root, "six.txt", Optional.empty()));
        assertThat(attachments.get(1).inline()).isTrue();
        assertThat(attachments.get(1).contentId()).contains("a@b");
        assertThat(attachments.get(1).contentType()).isEmpty();
        assertThat(((Attachment.Bytes) attachments.get(2).content()).bytes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void whatIsWrongIsNamed(String attachment, String faults) {
        assertThat(refusal(attachment)).isEqualTo(AT + faults);
    }

    static Stream<Arguments> whatIsWrongIsNamed() {
        String one = "$.attachments[0]: needs exactly one of 'content' and 'file'";
        String name = "$.attachments[0].filename: must be a file name: not empty, no '/', '\\' or control characters";
        String type = "$.attachments[0].contentType: must be a media type such as ";
        return Stream.of(
                arguments("{'filename': 'x'}", one),
                arguments("{'filename': 'x', 'content': '', 'file': 'six.txt'}", one),
                arguments("{'content': ''}", "$.attachments[0].filename: is required"),
                arguments("{'filename': '', 'content': ''}", name + " (\"\")"),
                arguments("{'filename': '..', 'content': ''}", name + " (\"..\")"),
                arguments("{'filename': 'a/b', 'content': ''}", name + " (\"a/b\")"),
                arguments("{'filename': 'a\\\\b', 'content': ''}", name + " (\"a\\b\")"),
                arguments("{'filename': 'a\\r\\nb', 'content': ''}", name + " (\"a\\r\\nb\")"),
                arguments(
                        "{'filename': 'x', 'content': '', 'contentType': 'pdf'}",
                        type + "application/pdf (RFC 2045 §5.1) (\"pdf\")"),
                arguments(
                        "{'filename': 'x', 'content': '', 'contentType': 'a/b\\r\\nX: y'}",
                        type + "application/pdf (RFC 2045 §5.1) (\"a/b\\r\\nX: y\")"),
                arguments(
                        "{'filename': 'x', 'content': '', 'contentType': 'a/b; c'}",
                        type + "text/csv; charset=utf-8 (RFC 2045 §5.1) (\"a/b; c\")"),
                arguments(
                        "{'filename': 'x', 'content': '', 'contentType': 'Message/partial'}",
                        "$.attachments[0].contentType: of multipart and message types only message/rfc822 can be"
                                + " attached (\"Message/partial\")"),
                arguments(
                        "{'filename': 'x', 'content': '', 'contentType': 'multipart/mixed; boundary=b'}",
                        "$.attachments[0].contentType: of multipart and message types only message/rfc822 can be"
                                + " attached (\"multipart/mixed; boundary=b\")"),
                arguments(
                        "{'filename': 'x', 'content': '', 'contentId': '<a>'}",
                        "$.attachments[0].contentId: must be letters, digits and signs such as . _ - + @,"
                                + " without spaces or angle brackets (\"<a>\")"),
                arguments(
                        "{'filename': 'x', 'content': '', 'inline': 'yes'}",
                        "$.attachments[0].inline: must be true or false (\"yes\")"),
                arguments(
                        "{'filename': 'x', 'content': '', 'inline': true}",
                        "$.attachments[0]: is inline, which needs a 'contentId' for the html to call it by"),
                arguments("{'filename': 'x', 'content': '', 'size': 1}", "$.attachments[0].size: unknown field"),
                arguments(
                        "{'filename': 'x', 'content': 'YWJj', 'sha256': '" + "0".repeat(64) + "'}",
                        "$.attachments[0].sha256: is not that of the content"),
                arguments(
                        "{'filename': 'x', 'content': '', 'sha256': '" + ABC.substring(1) + "'}",
                        "$.attachments[0].sha256: must be 64 hex digits (\"" + ABC.substring(1, 61) + "…\")"),
                arguments(
                        "{'filename': 'x', 'content': '', 'sha256': 'g" + ABC.substring(1) + "'}",
                        "$.attachments[0].sha256: must be 64 hex digits (\"g" + ABC.substring(1, 60) + "…\")"),
                arguments(
                        "{'filename': 'x', 'file': '../x'}",
                        "$.attachments[0].file: must not contain '..' (\"../x\")"));
    }

    @Test
    void aDigestIsCheckedAtOnceOrGoesWithTheFile() throws Exception {
        String digest = "'sha256': '" + ABC.toUpperCase(Locale.ROOT) + "'";
        List<Attachment> attachments = read("{'filename': 'abc', 'content': 'YWJj', " + digest
                + "}, {'filename': 'six', 'file': 'six.txt', " + digest + "}");

        assertThat(attachments).hasSize(2);
        assertThat(attachments.get(1).content())
                .isEqualTo(new Attachment.FileReference(root, "six.txt", Optional.of(new Sha256(ABC))));
    }

    @ParameterizedTest
    @MethodSource
    void base64IsReadStrictly(String content, String fault) {
        assertThat(refusal("{'filename': 'x', 'content': '" + content + "'}"))
                .isEqualTo(AT + "$.attachments[0].content: not base64: " + fault);
    }

    static Stream<Arguments> base64IsReadStrictly() {
        String cutShort = "cut short or wrongly padded (RFC 4648 §4)";
        return Stream.of(
                arguments("YQ", cutShort),
                arguments("YQ=", cutShort),
                arguments("Y", cutShort),
                arguments("YR==", cutShort),
                arguments("YWF=", cutShort),
                arguments("====", cutShort),
                arguments("YQ==YQ==", cutShort),
                arguments("YWJj\\nYWJjYW==", "line break at position 4"),
                arguments("YWJj\\nYQ==", "line break at position 4"),
                arguments("YW-_", "URL-safe alphabet at position 2"),
                arguments("data:;base64,YWJ", "outside the alphabet at position 4"),
                arguments("YWJ€", "outside the alphabet at position 3"));
    }

    @Test
    void theHtmlOfATemplateMayShowOneToo() throws Exception {
        String request = """
            {'from': 'a@b.c', 'to': ['d@e.f'], 'template': {'name': 'x'},
             'attachments': [{'filename': 'x', 'content': '', 'inline': true, 'contentId': 'x'}]}\
            """;

        assertThat(reader.read(Arrivals.record(request.replace('\'', '"'))).attachments())
                .hasSize(1);
    }

    @Test
    void inlineNeedsHtmlToStandIn() {
        String request = """
            {'from': 'a@b.c', 'to': ['d@e.f'], 'text': '',
             'attachments': [{'filename': 'x', 'content': '', 'inline': true, 'contentId': 'x'}]}\
            """;

        assertThat(Refusals.of(reader, request))
                .isEqualTo(AT + "$.attachments[0]: is inline, which needs 'html' to show it in");
    }

    @Test
    void aContentIdIsThereOnce() {
        String attachment = "{'filename': 'x', 'content': '', 'contentId': 'logo'}";

        assertThat(refusal(attachment + "," + attachment))
                .isEqualTo(AT + "$.attachments[1].contentId: is there already (\"logo\")");
    }

    @Test
    void attachmentsAreCounted() {
        List<String> four = Collections.nCopies(4, "{'filename': 'x', 'content': ''}");

        assertThat(refusal(String.join(",", four))).isEqualTo(AT + "$.attachments: at most 3, not 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'content': 'MTIzNDU='", "'file': 'six.txt'"})
    void attachmentsAreWeighedTogether(String second) {
        assertThat(refusal("{'filename': 'x', 'file': 'six.txt'}, {'filename': 'y', " + second + "}"))
                .startsWith(AT + "$.attachments: at most 10 bytes together, not 1");
    }

    private List<Attachment> read(String attachments) throws InvalidRequest {
        return reader.read(Arrivals.record(request(attachments).replace('\'', '"')))
                .attachments();
    }

    private String refusal(String attachments) {
        return Refusals.of(reader, request(attachments));
    }

    private static String request(String attachments) {
        return "{'from': 'a@b.c', 'to': ['d@e.f'], 'html': '', 'attachments': [" + attachments + "]}";
    }
}
