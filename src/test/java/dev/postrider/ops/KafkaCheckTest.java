package dev.postrider.ops;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What can never work stops the start; what may come is waited for. */
class KafkaCheckTest {

    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

    @SuppressWarnings("UnnecessaryLambda") // It says what it is.
    private static final Runnable NO_MORE = () -> {};

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            security.protocol | TLS  | kafka.security.protocol: Invalid value TLS for configuration security.protocol
            max.poll.records  | many | kafka.max.poll.records: Invalid value many for configuration max.poll.records
            bootstrap.servers | localhost | Invalid url in bootstrap.servers: localhost; see kafka.*
            ssl.truststore.location | /no/such.pem | see kafka.ssl.*
            sasl.jaas.config  | org.example.NoSuchModule required; | see kafka.sasl.mechanism and kafka.sasl.jaas.config
            sasl.jaas.config  | org.apache.kafka.common.security.plain.PlainLoginModule required | see kafka.sasl.mechanism and kafka.sasl.jaas.config
            """)
    void aSettingThatCannotWorkStopsTheStart(String key, String value, String line) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:1"));
        if (key.startsWith("sasl.")) {
            settings.put("security.protocol", "SASL_PLAINTEXT");
            settings.put("sasl.mechanism", "PLAIN");
            settings.put("sasl.jaas.config", PLAIN + " required username=\"ann\" password=\"right\";");
        } else if (key.startsWith("ssl.")) {
            settings.putAll(Map.of("security.protocol", "SSL", "ssl.truststore.type", "PEM"));
        }
        settings.put(key, value);

        assertThatThrownBy(() -> KafkaCheck.check(settings, NO_MORE))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining(line)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aClientThatReadsOrWritesAndCannotBeMadeStopsTheStart() {
        Runnable tryOut = () -> {
            throw new KafkaException(
                    "Failed to construct kafka consumer", new ClassCastException("class java.lang.String"));
        };

        assertThatThrownBy(() -> KafkaCheck.check(Map.of("bootstrap.servers", "127.0.0.1:1"), tryOut))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(
                        "cannot make a Kafka client: class java.lang.String is of another kind than the setting that"
                                + " names it wants; see kafka.*");
    }

    /** Without jose4j it would fail for a class that is not there; and Kafka asks which URLs it may fetch tokens from. */
    @Test
    void oauthNamesItsSettings() {
        assertThatThrownBy(() -> KafkaCheck.check(oauth(), NO_MORE))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("kafka.sasl.oauthbearer.*")
                .hasMessageContaining("org.apache.kafka.sasl.oauthbearer.allowed.urls");
    }

    @Test
    void aTokenServerThatIsAwayIsWaitedFor() {
        System.setProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls", "http://127.0.0.1:1/token");
        try {
            assertThatCode(() -> KafkaCheck.check(oauth(), NO_MORE)).doesNotThrowAnyException();
        } finally {
            System.clearProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls");
        }
    }

    @ParameterizedTest
    @CsvSource({"nowhere.invalid:9092", "127.0.0.1:1", "'127.0.0.1:1,[::1]:1'"})
    void aBrokerThatIsAwayIsWaitedFor(String brokers) {
        assertThatCode(() -> KafkaCheck.check(Map.of("bootstrap.servers", brokers), NO_MORE))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource
    void anotherServerIsNotTakenForABroker(String greeting, String what) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread answering = new Thread(() -> answer(server, greeting));
            answering.start();
            String broker = "127.0.0.1:" + server.getLocalPort();

            assertThatThrownBy(() -> KafkaCheck.check(Map.of("bootstrap.servers", broker), NO_MORE))
                    .hasMessage("kafka.bootstrap.servers: what answers at " + broker + " " + what);
            answering.join();
        }
    }

    static Stream<Arguments> anotherServerIsNotTakenForABroker() {
        return Stream.of(
                arguments(
                        "220 mail.example.com ESMTP\r\n", "is no Kafka broker; it said \"220 mail.example.com ESMTP\""),
                arguments("HTTP/1.1 400 Bad Request\r\n", "is no Kafka broker; it said \"HTTP/1.1 400 Bad Request\""),
                arguments("\25\3\3\0\2\2\50", "speaks TLS: set kafka.security.protocol to SSL or SASL_SSL"));
    }

    private static Map<String, Object> oauth() {
        return Map.of(
                "bootstrap.servers",
                "127.0.0.1:1",
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "OAUTHBEARER",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"a\""
                        + " clientSecret=\"b\";",
                "sasl.login.callback.handler.class",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
                "sasl.oauthbearer.token.endpoint.url",
                "http://127.0.0.1:1/token",
                "sasl.login.retry.backoff.max.ms",
                "100");
    }

    private static void answer(ServerSocket server, String greeting) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write(greeting.getBytes(StandardCharsets.ISO_8859_1));
            client.getInputStream().readNBytes(14);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
