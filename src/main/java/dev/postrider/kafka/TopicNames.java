package dev.postrider.kafka;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * What the topics of a deployment are called unless the operator says otherwise. A source of settings, so that whoever reads
 * one gets the same name: application, routes and command line.
 */
public final class TopicNames implements ConfigSourceFactory {

    /** Of the default deployment, as {@code @WithDefault} has them. */
    public static final Map<String, String> DEFAULTS = Map.of(
            "postrider.kafka.dead-letters-topic", "mail.dead-letters",
            "postrider.kafka.redriven-topic", "mail.redriven",
            "postrider.kafka.retries-topics-prefix", "mail.retries",
            "postrider.kafka.outcomes-topic", "mail.outcomes",
            "postrider.kafka.ledger-topic", "mail.ledger");

    /** Before what Quarkus has found at build time, which has 0; behind everything an operator can give. */
    private static final int ORDINAL = 50;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext settings) {
        String deployment = given(settings, "postrider.deployment")
                .or(() -> given(settings, "postrider.kafka.group-id"))
                .orElse(Deployment.DEFAULT);
        Map<String, String> names = new HashMap<>();
        DEFAULTS.forEach((setting, topic) -> names.put(setting, Deployment.topic(deployment, topic)));
        return List.of(new PropertiesConfigSource(names, "the topics of " + deployment, ORDINAL));
    }

    private static Optional<String> given(ConfigSourceContext settings, String name) {
        return Optional.ofNullable(settings.getValue(name).getValue()).filter(value -> !value.isBlank());
    }
}
