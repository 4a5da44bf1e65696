package dev.postrider.redrive;

import dev.postrider.kafka.Deployment;
import dev.postrider.kafka.TopicNames;
import io.smallrye.config.DotEnvConfigSourceProvider;
import io.smallrye.config.PropertiesConfigSourceLoader;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the application that concern its dead letters, read from the same places in the same order.
 *
 * @param kafka {@code kafka.*} without the prefix; without brokers there is no topic to redrive from
 * @param folder the watched folder, if there is one
 */
record RedriveSettings(
        Map<String, Object> kafka,
        List<String> requestsTopics,
        String deadLettersTopic,
        String redrivenTopic,
        Missing missingTopic,
        Deployment deployment,
        Optional<Path> folder) {

    /** What to do when the topic of what is redriven is not there. */
    enum Missing {
        CREATE,
        REFUSE
    }

    static final String BROKERS = "bootstrap.servers";

    /** By setting; those that @WithDefault has for the application, which is not there to be asked. */
    static final Map<String, String> DEFAULTS = Map.of(
            "postrider.kafka.requests-topics", "mail.requests",
            "postrider.kafka.create-topics", "true",
            "postrider.kafka.group-id", "postrider",
            "postrider.deployment", "${postrider.kafka.group-id}");

    private static final int WORKING_DIRECTORY_ORDINAL = 260; // Quarkus' own, below the environment with its 300.

    private static final int GIVEN_LOCATION_ORDINAL = 500; // Before all others, as the operator's page has it.

    /** @throws RedriveFailure naming the setting that is not accepted */
    static RedriveSettings read() {
        SmallRyeConfig config = config();
        Map<String, Object> kafka = kafka(config);
        return new RedriveSettings(
                kafka,
                Arrays.stream(text(config, "postrider.kafka.requests-topics").split(","))
                        .map(String::strip)
                        .filter(topic -> !topic.isEmpty())
                        .toList(),
                text(config, "postrider.kafka.dead-letters-topic"),
                text(config, "postrider.kafka.redriven-topic"),
                text(config, "postrider.kafka.create-topics").equalsIgnoreCase("true")
                        ? Missing.CREATE
                        : Missing.REFUSE,
                deployment(text(config, "postrider.deployment")),
                given(config, "postrider.folder.path").map(RedriveSettings::path));
    }

    boolean onKafka() {
        return kafka.containsKey(BROKERS);
    }

    private static SmallRyeConfig config() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withProfile("prod")
                .addDefaultInterceptors()
                .addDiscoveredInterceptors() // Ours: passwords in the environment are taken as they are.
                .addSystemSources()
                .withSources(new DotEnvConfigSourceProvider().getConfigSources(loader))
                .withSources(PropertiesConfigSourceLoader.inFileSystem(
                        Path.of("config", "application.properties").toUri().toString(),
                        WORKING_DIRECTORY_ORDINAL,
                        loader));
        Optional.ofNullable(System.getProperty("quarkus.config.locations"))
                .or(() -> Optional.ofNullable(System.getenv("QUARKUS_CONFIG_LOCATIONS")))
                .stream()
                .flatMap(locations -> Arrays.stream(locations.split(",")))
                .map(location -> path(location.strip().replaceFirst("^file:", "")))
                .map(place -> Files.isDirectory(place) ? place.resolve("application.properties") : place)
                .forEach(file -> builder.withSources(PropertiesConfigSourceLoader.inFileSystem(
                        file.toUri().toString(), GIVEN_LOCATION_ORDINAL, loader)));
        return builder.withSources(new TopicNames()).withDefaultValues(DEFAULTS).build();
    }

    /** As the application has them: {@code kafka.sasl.mechanism}, or {@code KAFKA_SASL_MECHANISM}. */
    private static Map<String, Object> kafka(SmallRyeConfig config) {
        Map<String, Object> settings = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            String key = name.toLowerCase(Locale.ROOT).replace('_', '.');
            if (key.startsWith("kafka.")) {
                // By its proper name first: there the order of the places counts.
                given(config, key)
                        .or(() -> given(config, name))
                        .ifPresent(value -> settings.put(key.substring("kafka.".length()), value));
            }
        }
        return Map.copyOf(settings);
    }

    private static String text(SmallRyeConfig config, String name) {
        return given(config, name).orElseThrow(() -> new RedriveFailure(name + " must not be empty"));
    }

    private static Optional<String> given(SmallRyeConfig config, String name) {
        return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
    }

    private static Deployment deployment(String name) {
        try {
            return new Deployment(name);
        } catch (IllegalArgumentException e) {
            throw new RedriveFailure(e.getMessage(), e);
        }
    }

    private static Path path(String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new RedriveFailure("a path in the settings: " + e.getMessage(), e);
        }
    }
}
