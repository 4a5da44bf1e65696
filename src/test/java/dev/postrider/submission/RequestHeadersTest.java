package dev.postrider.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {

    private final RequestReader reader = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none());

    @ParameterizedTest
    @MethodSource
    void aReservedFieldIsRefusedWithTheReason(String name, String reason) {
        assertThat(refusal("'" + name + "': 'x'"))
                .isEqualTo("mail.requests-0@17: $.headers." + name + ": is reserved: " + reason);
    }

    static Stream<Arguments> aReservedFieldIsRefusedWithTheReason() {
        String structure = "follows from 'text', 'html' and 'attachments'";
        String trace = "only those who carry the message write it (RFC 5321 §4.4)";
        String signature = "only those who sign or verify the message write it";
        String resent = "only who sends a message on again writes it (RFC 5322 §3.6.6)";
        return Stream.of(
                arguments("From", "use the request's field 'from'"),
                arguments("SENDER", "use the request's field 'sender'"),
                arguments("to", "use the request's field 'to'"),
                arguments("Cc", "use the request's field 'cc'"),
                arguments("bCC", "use the request's field 'bcc'"),
                arguments("Reply-To", "use the request's field 'replyTo'"),
                arguments("Return-Path", "use the request's field 'returnPath'"),
                arguments("Subject", "use the request's field 'subject'"),
                arguments("Message-ID", "is made from the request's 'id'"),
                arguments("Date", "is the time at which the message is made"),
                arguments("MIME-Version", structure),
                arguments("Content-Type", structure),
                arguments("content-transfer-encoding", structure),
                arguments("Received", trace),
                arguments("Delivered-To", trace),
                arguments("DKIM-Signature", signature),
                arguments("ARC-Seal", signature),
                arguments("Authentication-Results", signature),
                arguments("Resent-Bcc", resent),
                arguments("Resent-Message-ID", resent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "X:", "X-ä", "X\\r\\nBcc", "X\\u0000", "X\\t", "X\\u007f"})
    void whatIsNoFieldNameIsRefused(String name) {
        assertThat(refusal("'" + name + "': 'x'"))
                .startsWith("mail.requests-0@17: $.headers['")
                .endsWith("']: not a field name: up to 76 printable ASCII characters, no space, no colon (RFC 5322"
                        + " §2.2)");
    }

    @Test
    void aNameThatWouldFillTheLineIsRefused() {
        assertThat(refusal("'" + "X".repeat(77) + "': 'x'")).contains("up to 76 printable ASCII characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\r\\nBcc: x@y.z", "a\\n", "a\\r", "\\u0000", "\\u001b"})
    void aValueIsOneLine(String value) {
        assertThat(refusal("'X-A': '" + value + "'"))
                .isEqualTo("mail.requests-0@17: $.headers.X-A: must be one line without control characters");
    }

    @Test
    void aValueHasAtMostFourThousandCharacters() {
        assertThat(refusal("'X-A': '" + "x".repeat(4001) + "'")).endsWith("$.headers.X-A: at most 4000 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\\t"})
    void aBlankValueIsRefused(String value) {
        assertThat(refusal("'X-A': '" + value + "'")).endsWith("$.headers.X-A: must not be blank");
    }

    @Test
    void aFieldStandsThereOnceWhateverItsCase() {
        assertThat(refusal("'X-A': '1', 'x-a': '2'")).endsWith("$.headers.x-a: is there already as 'X-A'");
    }

    private String refusal(String headers) {
        return Refusals.of(reader, "{'from': 'a@b.c', 'to': ['d@e.f'], 'text': '', 'headers': {" + headers + "}}");
    }
}
