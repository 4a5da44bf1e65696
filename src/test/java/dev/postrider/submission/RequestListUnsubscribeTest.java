package dev.postrider.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestListUnsubscribeTest {

    private static final String AT = "mail.requests-0@17: ";

    private final RequestReader reader = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none());

    @Test
    void pageMailboxAndOneClickAreRead() throws Exception {
        assertThat(read("'url': 'https://e.x/u?a=1,2', 'mailto': 'leave@e.x', 'oneClick': true"))
                .isEqualTo(new ListUnsubscribe(
                        Optional.of(URI.create("https://e.x/u?a=1,2")),
                        Optional.of(URI.create("mailto:leave@e.x")),
                        true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'mailto': 'mailto:leave@e.x?subject=a%20b&body=c'",
                "'mailto': 'leave%2Bme@e.x?subject=leave'",
                "'url': 'http://e.x/u'",
                "'url': 'HTTPS://e.x/u', 'oneClick': true",
                "'url': 'https://xn--bcher-kva.example/%C3%BC', 'oneClick': false"
            })
    void whatIsRightIsTaken(String ways) throws Exception {
        assertThat(read(ways)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource
    void whatNobodyCouldFollowIsRefused(String ways, String faults) {
        assertThat(refusal("'listUnsubscribe': {" + ways + "}")).isEqualTo(AT + faults);
    }

    static Stream<Arguments> whatNobodyCouldFollowIsRefused() {
        String ascii = "must be ASCII without spaces: other characters percent-encoded, a host in its xn-- form";
        return Stream.of(
                arguments("", "$.listUnsubscribe.url: 'url', 'mailto' or both"),
                arguments("'oneClick': true", "$.listUnsubscribe.url: 'url', 'mailto' or both"),
                arguments("'uri': 'https://e.x', 'mailto': 'a@e.x'", "$.listUnsubscribe.uri: unknown field"),
                arguments(
                        "'url': 'http://e.x/u', 'oneClick': true",
                        "$.listUnsubscribe.oneClick: needs an https 'url' (RFC 8058)"),
                arguments(
                        "'mailto': 'a@e.x', 'oneClick': true",
                        "$.listUnsubscribe.oneClick: needs an https 'url' (RFC 8058)"),
                arguments("'url': 'ftp://e.x/u'", "$.listUnsubscribe.url: must begin with https:// or http://"),
                arguments("'url': 'javascript:x'", "$.listUnsubscribe.url: must begin with https:// or http://"),
                arguments("'url': '/unsubscribe'", "$.listUnsubscribe.url: must begin with https:// or http://"),
                arguments("'url': 'https:///u'", "$.listUnsubscribe.url: must name a host"),
                arguments(
                        "'url': 'https://a:b@e.x/u'",
                        "$.listUnsubscribe.url: must not hold a user name: every recipient sees it"),
                arguments("'url': 'https://bücher.example/'", "$.listUnsubscribe.url: " + ascii),
                arguments("'url': 'https://e.x/ü'", "$.listUnsubscribe.url: " + ascii),
                arguments("'url': 'https://e.x/a b'", "$.listUnsubscribe.url: " + ascii),
                arguments("'url': 'https://e.x/\\r\\nBcc: x@y.z'", "$.listUnsubscribe.url: " + ascii),
                arguments(
                        "'url': 'https://e.x/>,<https://f.x/'",
                        "$.listUnsubscribe.url: is no URI: Illegal character in path at position 12"),
                arguments("'mailto': 'leave'", "$.listUnsubscribe.mailto: not an address: missing at symbol"),
                arguments(
                        "'mailto': 'a@e.x,b@e.x'",
                        "$.listUnsubscribe.mailto: not an address: invalid domain character"),
                arguments(
                        "'mailto': 'a@e.x?bcc=b@e.x'",
                        "$.listUnsubscribe.mailto: only subject and body may follow the address, as in ?subject=unsubscribe"),
                arguments("'mailto': 'ü@e.x'", "$.listUnsubscribe.mailto: " + ascii));
    }

    @ParameterizedTest
    @ValueSource(strings = {"List-Unsubscribe", "list-unsubscribe-post"})
    void itStandsInOnePlaceOnly(String name) {
        assertThat(refusal("'listUnsubscribe': {'mailto': 'a@e.x'}, 'headers': {'" + name + "': '<mailto:a@e.x>'}"))
                .isEqualTo(AT + "$.headers." + name + ": stands in 'listUnsubscribe' already, remove one");
    }

    @Test
    void theSecretInAWrongAddressIsNotRepeated() {
        assertThat(refusal("'listUnsubscribe': {'url': 'https://e.x/5551 5552'}"))
                .doesNotContain("555");
    }

    private ListUnsubscribe read(String ways) throws InvalidRequest {
        return reader.read(Arrivals.record(
                        request("'listUnsubscribe': {" + ways + "}").replace('\'', '"')))
                .listUnsubscribe()
                .orElseThrow();
    }

    private String refusal(String fields) {
        return Refusals.of(reader, request(fields));
    }

    private static String request(String fields) {
        return "{'from': 'a@b.c', 'to': ['d@e.f'], 'text': '', " + fields + "}";
    }
}
