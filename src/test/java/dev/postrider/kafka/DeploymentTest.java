package dev.postrider.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.ops.Settings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentTest {

    private static final Deployment OURS = new Deployment("acme");

    @Test
    void theDefaultDeploymentHasTheTopicsOfTheDefaults() {
        TopicNames.DEFAULTS.forEach((setting, topic) -> {
            assertThat(Settings.all().get(setting)).as(setting).contains(topic);
            assertThat(config(Map.of()).getRawValue(setting)).isEqualTo(topic);
            assertThat(config(Map.of("postrider.kafka.group-id", "postrider")).getRawValue(setting))
                    .isEqualTo(topic);
        });
    }

    @Test
    void anotherDeploymentHasItsNameBeforeThem() {
        TopicNames.DEFAULTS.forEach((setting, topic) -> {
            assertThat(config(Map.of("postrider.kafka.group-id", "acme")).getRawValue(setting))
                    .isEqualTo("acme." + topic);
            assertThat(config(Map.of("postrider.kafka.group-id", "acme", "postrider.deployment", "north"))
                            .getRawValue(setting))
                    .isEqualTo("north." + topic);
        });
    }

    @Test
    void aTopicThatIsGivenKeepsItsName() {
        SmallRyeConfig config =
                config(Map.of("postrider.kafka.group-id", "acme", "postrider.kafka.ledger-topic", "mail.ledger"));

        assertThat(config.getRawValue("postrider.kafka.ledger-topic")).isEqualTo("mail.ledger");
        assertThat(config.getRawValue("postrider.kafka.outcomes-topic")).isEqualTo("acme.mail.outcomes");
    }

    @Test
    void aDeploymentOwnsWhatItHasSigned() {
        Headers ours = new RecordHeaders();
        OURS.sign(ours);
        Headers theirs = new RecordHeaders();
        new Deployment("postrider").sign(theirs);

        assertThat(OURS.owns("mail.retries.5m", ours)).isTrue();
        assertThat(OURS.owns("mail.retries.5m", theirs)).isFalse();
        assertThat(OURS.owns("acme.mail.retries.5m", theirs)).isFalse();
    }

    @Test
    void theLastSignatureCounts() {
        Headers headers = new RecordHeaders();
        headers.add(Deployment.HEADER, "postrider".getBytes(StandardCharsets.UTF_8));
        OURS.sign(headers);

        assertThat(OURS.owns("mail.retries.5m", headers)).isTrue();
    }

    @Test
    void whatIsNotSignedIsOursWhereTopicsAreNamedAsTheyWereBefore() {
        assertThat(OURS.owns("mail.retries.5m", new RecordHeaders())).isTrue();
        assertThat(OURS.owns("north.mail.retries.5m", new RecordHeaders())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a/b", "ä"})
    void aNameThatCannotBeginATopicIsRefused(String name) {
        assertThatThrownBy(() -> new Deployment(name)).hasMessageContaining("postrider.deployment");
    }

    private static SmallRyeConfig config(Map<String, String> given) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new TopicNames())
                .withDefaultValue("postrider.deployment", "${postrider.kafka.group-id}")
                .withDefaultValue("postrider.kafka.group-id", "postrider")
                .withDefaultValues(TopicNames.DEFAULTS)
                .withSources(new PropertiesConfigSource(given, "the operator's", 250))
                .build();
    }
}
