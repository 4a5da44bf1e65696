package dev.postrider.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dead letter may be anything; only a request in JSON can be looked into. */
class RequestTreeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: shop@example.com\r\nTo: ada@example.org\r\n\r\nThank you.\r\n",
                "{\"specversion\": \"1.0\", \"data\": {\"to\": [\"ada@example.org\"]}}",
                "",
                "[]",
                "{"
            })
    void messagesAndEventsAreNoRequestsInJson(String content) {
        assertThat(RequestTree.read(content.getBytes(UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7b000000ffffff7f", "0000007b7fffffff", "0000007b00", "fffe7b00", "00"})
    void octetsThatLookLikeAnotherEncodingAreNone(String octets) {
        assertThat(RequestTree.read(HexFormat.of().parseHex(octets))).isEmpty();
    }
}
