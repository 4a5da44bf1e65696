package dev.postrider.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would otherwise be passed over in silence. */
class SettingNamesCheckTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kafka.bootstrap.server     | a:9092 | kafka.bootstrap.server is no setting of Kafka's clients (did you mean kafka.bootstrap.servers? given in test)
            kafka.bootstrap-servers    | a:9092 | kafka.bootstrap-servers is no setting of Kafka's clients (did you mean kafka.bootstrap.servers? given in test)
            kafka.security.protocoll   | SSL    | kafka.security.protocoll is no setting of Kafka's clients (did you mean kafka.security.protocol? given in test)
            kafka.sasl.jass.config     | x      | kafka.sasl.jass.config is no setting of Kafka's clients (did you mean kafka.sasl.jaas.config? given in test)
            postrider.smtp.pipelining  | maybe  | postrider.smtp.pipelining=maybe is not accepted: true or false
            postrider.kafka.create-topics | yes | postrider.kafka.create-topics=yes is not accepted: true or false
            postrider.smtp.read-timeout | 10    | postrider.smtp.read-timeout=10 is not accepted: a duration is a number with a unit: 500ms, 10s, 5m
            postrider.retry.delays     | 1m,5   | postrider.retry.delays=1m,5 is not accepted: a duration is a number with a unit: 500ms, 10s, 5m
            postrider.smtp.password    | pa${word} | postrider.smtp.password refers by ${...} to a setting that is not there (given in test); a dollar sign that means itself is written $$
            kafka.sasl.jaas.config     | pa${word} | kafka.sasl.jaas.config refers by ${...} to a setting that is not there (given in test); a dollar sign that means itself is written $$
            """)
    void aWrongSettingStopsTheStart(String key, String value, String line) {
        assertThatThrownBy(() -> SettingNamesCheck.check(file(key, value)))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(line);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            kafka.bootstrap.servers, a:9092
            kafka.max.poll.interval.ms, 6000
            kafka.max.request.size, 1000
            kafka.tls-configuration-name, brokers
            kafka.my.interceptor.colour, blue
            postrider.smtp.pipelining, FALSE
            postrider.smtp.read-timeout, 10s
            postrider.smtp.read-timeout, PT10S
            postrider.retry.delays, '1m,5m'
            postrider.smtp.port, 587
            postrider.smtp.password, pa$$word
            """)
    void whatIsRightIsAccepted(String key, String value) {
        assertThatCode(() -> SettingNamesCheck.check(file(key, value))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POSTRIDER_SMTP_HOTS    | the environment variable POSTRIDER_SMTP_HOTS is for no setting (did you mean POSTRIDER_SMTP_HOST?)
            POSTRIDER_STMP_PORT    | the environment variable POSTRIDER_STMP_PORT is for no setting (did you mean POSTRIDER_SMTP_PORT?)
            POSTRIDER_COLOUR       | the environment variable POSTRIDER_COLOUR is for no setting
            KAFKA_BOOTSTRAP_SERVER | the environment variable KAFKA_BOOTSTRAP_SERVER is for no setting (did you mean KAFKA_BOOTSTRAP_SERVERS?)
            """)
    void aMisspeltVariableStopsTheStart(String variable, String line) {
        assertThatThrownBy(() -> SettingNamesCheck.check(environment(variable, "587")))
                .hasMessage(line);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            POSTRIDER_SMTP_PROBE_MAX_DELAY, 30s
            POSTRIDER_DKIM_DOMAINS__SHOP_EXAMPLE__KEYS_2026A, /run/key.pem
            KAFKA_SASL_JAAS_CONFIG, x
            KAFKA_TLS_CONFIGURATION_NAME, x
            KAFKA_SERVICE_HOST, 10.0.0.1
            KAFKA_SERVICE_PORT_CLIENTS, 9092
            KAFKA_PORT, tcp://10.0.0.1:9092
            KAFKA_PORT_9092_TCP_ADDR, 10.0.0.1
            KAFKA_BOOTSTRAP_SERVICE_HOST, 10.0.0.1
            KAFKA_HOME, /opt/kafka
            KAFKA_HEAP_OPTS, -Xmx1g
            POSTRIDER_SERVICE_HOST, 10.0.0.2
            POSTRIDER_PORT, tcp://10.0.0.2:8080
            POSTRIDER_PORT_8080_TCP, tcp://10.0.0.2:8080
            """)
    void otherVariablesAreLeftAlone(String variable, String value) {
        assertThatCode(() -> SettingNamesCheck.check(environment(variable, value)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"pa${word}", "pa$$word", "pa\\word", "pa\\\\word", "${}", "$"})
    void aPasswordInTheEnvironmentIsTakenAsItIs(String password) {
        SmallRyeConfig config = environment("POSTRIDER_SMTP_PASSWORD", password);

        assertThat(config.getValue("postrider.smtp.password", String.class)).isEqualTo(password);
        assertThatCode(() -> SettingNamesCheck.check(config)).doesNotThrowAnyException();
        assertThat(environment("KAFKA_SASL_JAAS_CONFIG", password).getValue("kafka.sasl.jaas.config", String.class))
                .isEqualTo(password);
    }

    @Test
    void aPasswordInTheFileMayReferToAVariable() {
        SmallRyeConfig config = builder()
                .withSources(new PropertiesConfigSource(Map.of("postrider.smtp.password", "${SECRET}$$1"), "test", 250))
                .withSources(new EnvConfigSource(Map.of("SECRET", "geheim"), 300))
                .build();

        assertThat(config.getValue("postrider.smtp.password", String.class)).isEqualTo("geheim$1");
    }

    @Test
    void settingsInYamlAreFound() throws Exception {
        assertThat(StartupFailure.unreadSettings(Stream.of(folder.toString()))).isEmpty();

        Path yaml = Files.createFile(folder.resolve("application.yml"));

        assertThat(StartupFailure.unreadSettings(Stream.of("nowhere", "file:" + folder)))
                .contains(yaml);
    }

    private static SmallRyeConfig file(String key, String value) {
        return builder()
                .withSources(new PropertiesConfigSource(Map.of(key, value), "test", 250))
                .build();
    }

    private static SmallRyeConfig environment(String variable, String value) {
        return builder()
                .withSources(new EnvConfigSource(Map.of(variable, value), 300))
                .build();
    }

    private static SmallRyeConfigBuilder builder() {
        return new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredInterceptors();
    }
}
