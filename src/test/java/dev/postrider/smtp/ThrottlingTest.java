package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottlingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "421 4.7.0 mx.example Error: too many connections from 192.0.2.1",
                "421 4.3.2 Service not available, closing transmission channel",
                "421 busy",
                "432 4.3.2 Concurrent connections limit exceeded",
                "454 Throttling failure: Maximum sending rate exceeded.",
                "454 4.7.0 Temporary authentication failure",
                "450 4.7.1 Error: too much mail from 192.0.2.1",
                "451 4.7.500 Server busy. Please try again later",
                "452 4.7.0 slow down",
                "451 4.3.2 rate limit exceeded",
                "452 Too many messages in one hour",
                "450 Requested action not taken: rate limited"
            })
    void lessAtOnce(String reply) {
        assertThat(Throttling.in(Reply.parse(reply))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "250 2.0.0 rate limit of 100 a second, you are welcome",
                "421 4.4.2 mx.example Error: timeout exceeded",
                "450 4.2.1 mailbox busy",
                "450 4.7.1 Recipient address rejected: Greylisted, see http://example.org",
                "451 4.7.1 Graylisting in action",
                "451 4.3.0 local error in processing",
                "451 4.3.2 please try again later",
                "452 4.3.1 insufficient system storage",
                "452 4.5.3 too many recipients",
                "452 Too many recipients",
                "550 5.7.1 too many messages",
                "554 5.7.0 throttled for ever",
                "no reply"
            })
    void notThisOneNow(String reply) {
        assertThat(Throttling.in(Reply.parse(reply))).isFalse();
    }
}
