package dev.postrider.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaTroubleTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            security.protocol | TLS            | Invalid value TLS for configuration security.protocol
            security.protocol | SASL_PLAINTEXT | see kafka.sasl.mechanism and kafka.sasl.jaas.config
            ssl.truststore.location | /no/such.pem | see kafka.ssl.*
            """)
    void settingsThatMakeNoClientAreNotCalledASilentBroker(String key, String value, String why) {
        Map<String, Object> settings = new HashMap<>(
                Map.of("bootstrap.servers", "localhost:1", "security.protocol", "SSL", "ssl.truststore.type", "PEM"));
        settings.put(key, value);

        assertThat(explain(settings))
                .startsWith("cannot make a Kafka client: ")
                .contains(why)
                .doesNotContain("\n", "no broker answers");
    }

    @Test
    void aBrokerThatIsSilentIsSaidToBe() {
        var silent = new ExecutionException(
                new TimeoutException("Timed out waiting for a node assignment. Call: describeTopics"));

        assertThat(KafkaTrouble.explain(silent, "localhost:1"))
                .isEqualTo("no broker answers at localhost:1 (no answer within 5 s): check kafka.bootstrap.servers and"
                        + " kafka.security.protocol");
    }

    @Test
    void aRefusedLogInIsSaidToBe() {
        var refused = new ExecutionException(new SaslAuthenticationException("Authentication failed"));

        assertThat(KafkaTrouble.explain(refused, "localhost:1"))
                .isEqualTo("the brokers at localhost:1 refuse us: Authentication failed; see kafka.security.protocol,"
                        + " kafka.sasl.mechanism and kafka.sasl.jaas.config");
    }

    private static String explain(Map<String, Object> settings) {
        try (Admin admin = Admin.create(settings)) {
            throw new AssertionError("made " + admin);
        } catch (RuntimeException failure) {
            return KafkaTrouble.explain(failure, "localhost:1");
        }
    }
}
