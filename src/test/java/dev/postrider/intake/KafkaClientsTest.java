package dev.postrider.intake;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.kafka.Deployment;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaClientsTest {

    @Test
    void clientsCanBeMadeWithoutABroker() {
        assertThatCode(() -> clients(Map.of()).tryOut()).doesNotThrowAnyException();
    }

    /** The admin client is made with all of these. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            group.protocol       | consumer         | session.timeout.ms cannot be set when group.protocol=CONSUMER
            interceptor.classes  | java.lang.String | java.lang.ClassCastException: class java.lang.String
            delivery.timeout.ms  | 1                | delivery.timeout.ms should be equal to or larger than
            """)
    void aSettingThatOneKindOfClientDoesNotTakeIsFound(String key, String value, String reason) {
        assertThatThrownBy(() -> clients(Map.of(key, value)).tryOut())
                .isInstanceOf(KafkaException.class)
                .hasStackTraceContaining(reason);
    }

    private static KafkaClients clients(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", "127.0.0.1:1");
        KafkaConfig config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(KafkaConfig.class, "postrider.kafka")
                .build()
                .getConfigMapping(KafkaConfig.class, "postrider.kafka");
        return new KafkaClients(
                settings, config, new Deployment("test"), null, new ConsumerHealth(), Clock.systemUTC());
    }
}
