package dev.postrider.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code StartupFailureIT} would say, without a process for each. */
class WrongSettingTest {

    private static final Map<String, String> ENOUGH =
            Map.of("postrider.smtp.host", "localhost", "postrider.folder.path", "spool");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postrider.smtp.host               | ''     | postrider.smtp.host has to be set (it is empty)
            postrider.retry.delays            | ''     | postrider.retry.delays has to be set (it is empty)
            postrider.smtp.usrname            | ann    | postrider.smtp.usrname is no setting (did you mean postrider.smtp.username? given in test)
            postrider.smtp.tls                | plain  | postrider.smtp.tls=plain is not accepted: Cannot convert plain; allowed values: implicit,starttls,none
            postrider.smtp.port               | smtp   | postrider.smtp.port=smtp is not accepted: Expected an integer value, got "smtp"
            postrider.smtp.read-timeout       | soon   | postrider.smtp.read-timeout=soon is not accepted: a duration is a number with a unit: 500ms, 10s, 5m
            postrider.retry.delays            | 1m,5   m | postrider.retry.delays=1m,5   m is not accepted: a duration is a number with a unit: 500ms, 10s, 5m
            postrider.retry.max-age           | 3 days | postrider.retry.max-age=3 days is not accepted: a duration is a number with a unit: 500ms, 10s, 5m
            postrider.ledger.window           | never  | postrider.ledger.window=never is not accepted: a duration is a number with a unit: 500ms, 10s, 5m
            postrider.ledger.max-ids          | 1M     | postrider.ledger.max-ids=1M is not accepted: Expected an integer value, got "1M"
            postrider.rate.messages-per-second | fast  | postrider.rate.messages-per-second=fast is not accepted: Expected a double value, got "fast"
            postrider.intake.in-flight        | 0      | postrider.intake.in-flight: at least 1
            postrider.intake.in-flight-bytes  | 0      | postrider.intake.in-flight-bytes: at least 1
            postrider.folder.poll-interval    | 0s     | postrider.folder.poll-interval: at least 1ms
            postrider.folder.settle-time      | -1s    | postrider.folder.settle-time: 0s or longer
            postrider.kafka.auto-offset-reset | newest | postrider.kafka.auto-offset-reset: earliest, latest or none
            postrider.kafka.session-timeout   | 5s     | postrider.kafka.session-timeout: at least 6s, brokers refuse less
            postrider.kafka.drain-timeout     | -1s    | postrider.kafka.drain-timeout: 0s or longer
            postrider.kafka.dead-letters-topic | mail.requests | postrider.kafka.dead-letters-topic: 'mail.requests' is the topic of postrider.kafka.requests-topics already; each needs its own
            postrider.kafka.outcomes-topic    | mail.retries.5m | postrider.kafka.outcomes-topic: 'mail.retries.5m' is named like a retry topic, see postrider.kafka.retries-topics-prefix
            postrider.dkim.unsigned           | drop   | postrider.dkim.unsigned=drop is not accepted: Cannot convert drop; allowed values: refuse,relay
            postrider.dkim.domains."a.example".key.b | c | postrider.dkim.domains."a.example".key.b is no setting (misspelt? given in test)
            postrider.dkim.domains.a.example.keys.b | c | postrider.dkim.domains.a.example.keys.b is no setting (the domain stands in quotes, as in postrider.dkim.domains."shop.example".keys.2026; given in test)
            postrider.routes                  | routes | postrider.routes: begins with file: or classpath:, as in file:routes
            """)
    void aWrongSettingIsNamed(String key, String value, String line) {
        assertThat(failure(key, value)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            postrider.kafka.auto-offset-reset, latest
            postrider.kafka.auto-offset-reset, none
            postrider.kafka.session-timeout, 6s
            postrider.folder.poll-interval, 1ms
            postrider.intake.in-flight, 1
            postrider.retry.delays, 90s
            postrider.routes, file:/etc/postrider/routes
            """)
    void whatJustWorksIsAccepted(String key, String value) {
        assertThatCode(() -> SettingsCheck.check(config(key, value))).doesNotThrowAnyException();
    }

    @Test
    void aPasswordIsNotRepeated() {
        String said = SettingTrouble.explain("SRCFG00039: The config property postrider.smtp.password with the config"
                + " value \"geheim\" threw an Exception whilst being converted SRCFG00029: no such thing");

        assertThat(said).isEqualTo("postrider.smtp.password=*** is not accepted: no such thing");
    }

    @Test
    void aMisspeltSettingIsSaidToBeWhereItWasGiven() throws Exception {
        Path page = Files.writeString(folder.resolve("application.properties"), "# ours\npostrider.smtp.hots=x\n");
        String inFile = new PropertiesConfigSource(page.toUri().toURL()).getName();

        assertThat(misspelt(inFile + ":2"))
                .endsWith(" (did you mean postrider.smtp.host? given in " + page + ", line 2)");
        assertThat(misspelt("SysPropConfigSource"))
                .endsWith(" (did you mean postrider.smtp.host? given as a system property)");
        assertThat(misspelt("EnvConfigSource"))
                .endsWith(" (did you mean postrider.smtp.host? given in the environment)");
    }

    private static String misspelt(String source) {
        return SettingTrouble.explain("SRCFG00050: postrider.smtp.hots in " + source + " does not map to any root");
    }

    private static String failure(String key, String value) {
        try {
            SettingsCheck.check(config(key, value));
            throw new AssertionError(key + "=" + value + " was accepted");
        } catch (RuntimeException refused) {
            return StartupFailure.explain(List.of(refused)).orElseThrow(() -> refused);
        }
    }

    private static PostriderConfig config(String key, String value) {
        Map<String, String> settings = new HashMap<>(ENOUGH);
        settings.put(key, value);
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(PostriderConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(PostriderConfig.class);
    }
}
