package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.ApplicationLaunch;
import dev.postrider.fixture.PackagedApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A start that fails says why in one line, without a stack, and ends with 1. */
class StartupFailureIT {

    @TempDir
    Path home;

    private Path routes;

    @BeforeEach
    void copyRoutes() throws IOException {
        routes = Files.createDirectory(home.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postrider.smtp.read-timeout | soon    | postrider.smtp.read-timeout=soon is not accepted
            postrider.smtp.pool.size    | 0       | postrider.smtp.pool.size
            postrider.smtp.usrname      | ann     | postrider.smtp.usrname is no setting (did you mean postrider.smtp.username?
            postrider.smtp.chunking     | maybe   | postrider.smtp.chunking=maybe is not accepted: true or false
            postrider.smtp.probe.delay  | 10      | postrider.smtp.probe.delay=10 is not accepted: a duration is a number with a unit
            postrider.smtp.username     | ann     | postrider.smtp.username and postrider.smtp.password: set both or neither
            postrider.smtp.password-file | nowhere | postrider.smtp.username and postrider.smtp.password: set both or neither
            postrider.smtp.trust-certificates | pom.xml | postrider.smtp.trust-certificates: cannot read certificates from
            postrider.dkim.domains."shop.example".keys.2026 | pom.xml | postrider.dkim.domains."shop.example".keys.2026: cannot read a private key from
            postrider.attachments.root  | nowhere | postrider.attachments.root
            postrider.limits.recipients | 2000    | postrider.limits.recipients: at most 1000, not 2000
            postrider.retry.delays      | 0s      | postrider.retry.delays: each at least 1ms
            postrider.message.id-header | Id      | postrider.message.id-header: 'Id' has to begin with X-
            postrider.message.return-path | bounces | postrider.message.return-path: not an address: missing at symbol ("bounces")
            postrider.outcomes.max-files | 0      | postrider.outcomes.max-files: at least 1
            postrider.routes            | file:nowhere | postrider.routes: Resource not found: file:nowhere/90-failure-policy.camel.yaml
            """)
    void aWrongSettingIsNamed(String key, String value, String line) {
        assertThat(failure(launch().with(key, value))).contains(line);
    }

    @Test
    void aMisspeltKafkaSettingIsNotTakenForNone() throws IOException {
        assertThat(failure(launch().env("KAFKA_BOOTSTRAP_SERVER", "localhost:9092")))
                .isEqualTo(
                        "postrider did not start: the environment variable KAFKA_BOOTSTRAP_SERVER is for no setting (did"
                                + " you mean KAFKA_BOOTSTRAP_SERVERS?)");
        Path config = Files.createDirectory(home.resolve("config"));
        Files.writeString(
                config.resolve("application.properties"),
                "kafka.security.protocol=SSL\nkafka.bootstrap.server=a:9092\n");
        assertThat(failure(launch().workingDirectory(home)))
                .startsWith(
                        "postrider did not start: kafka.bootstrap.server is no setting of Kafka's clients (did you mean"
                                + " kafka.bootstrap.servers? given in ")
                .endsWith("application.properties, line 2)");
    }

    @Test
    void settingsInYamlAreNotPassedOver() throws IOException {
        Files.createFile(Files.createDirectory(home.resolve("config")).resolve("application.yaml"));

        assertThat(failure(launch().workingDirectory(home)))
                .isEqualTo("postrider did not start: config/application.yaml is not read: settings stand in"
                        + " config/application.properties");
    }

    @Test
    void aPasswordWithADollarSignIsNotTakenForNone() {
        assertThat(failure(
                        launch().with("postrider.smtp.username", "ann").with("postrider.smtp.password", "pa${word}")))
                .contains("postrider.smtp.password refers by ${...} to a setting that is not there");
        try (PackagedApplication application = launch().with("postrider.smtp.username", "ann")
                .env("POSTRIDER_SMTP_PASSWORD", "pa${word}")
                .start()) {
            assertThat(application.get("/q/health/ready").body()).contains("not configured");
        }
    }

    @Test
    void aRelayHasToBeNamed() {
        assertThat(failure(PackagedApplication.with("postrider.folder.path", "spool")))
                .isEqualTo("postrider did not start: postrider.smtp.host has to be set");
        assertThat(failure(PackagedApplication.with("postrider.folder.path", "spool")
                        .env("POSTRIDER_SMTP_HOTS", "relay.example.com")))
                .isEqualTo(
                        "postrider did not start: the environment variable POSTRIDER_SMTP_HOTS is for no setting (did"
                                + " you mean POSTRIDER_SMTP_HOST?)");
    }

    @Test
    void aSourceHasToBeNamed() {
        assertThat(failure(PackagedApplication.with("postrider.smtp.host", "localhost")))
                .contains("postrider.folder.path and kafka.bootstrap.servers: set one or both");
    }

    @Test
    void aPasswordIsNotSentReadable() {
        String line = failure(launch().with("postrider.smtp.host", "192.0.2.1")
                .with("postrider.smtp.tls", "none")
                .with("postrider.smtp.username", "ann")
                .env("POSTRIDER_SMTP_PASSWORD", "geheim"));

        assertThat(line).contains("postrider.smtp.tls=none").doesNotContain("geheim");
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(failure(launch().with("quarkus.http.port", Integer.toString(taken.getLocalPort()))))
                    .contains("port " + taken.getLocalPort() + " is in use; set quarkus.http.port");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30-read-request     | description:       | descripton:       | line 5: Unsupported field: descripton
            30-read-request     | concurrentConsumers| concurentConsumers| line 10: Failed to resolve endpoint
            30-read-request     | - setVariable:     | - setVarible:     | line 12: Unknown node id: setVarible
            30-read-request     | intake.in-flight   | intake.inflight   | line 10: Property with key [postrider.intake.inflight] not found
            30-read-request     | ref: submissionReader | ref: reader       | line 16: No bean could be found in the registry for: reader
            30-read-request     | uri: direct        | uri: direkt       | line 22: No endpoint could be found for: direkt
            30-read-request     | description: Make  | description: "Make| line 10:
            10-accept-from-kafka| bean:kafkaClients  | bean:clients      | line 18: No bean could be found in the registry for: clients
            """)
    void aBrokenRouteFileIsNamedWithTheLine(String file, String right, String wrong, String line) throws IOException {
        Path route = routes.resolve(file + ".camel.yaml");
        Files.writeString(route, Files.readString(route).replaceFirst(right, wrong));

        assertThat(failure(launch().with("postrider.routes", "file:" + routes))).contains(route + ", " + line);
    }

    @Test
    void anEditedCopyOfTheRoutesReplacesTheBuiltInOnes() throws IOException {
        Path route = routes.resolve("60-settle-request.camel.yaml");
        Files.writeString(
                route,
                Files.readString(route)
                        .replaceFirst(
                                "      steps:\n", "      steps:\n        - log:\n            message: \"edited\"\n"));
        Path spool = home.resolve("spool");
        Files.createDirectories(spool.resolve("inbox"));
        Files.writeString(spool.resolve("inbox/bad.json"), "{}");

        try (PackagedApplication application = launch().with("postrider.folder.path", spool.toString())
                .with("postrider.routes", "file:" + routes)
                .start()) {
            application.awaitOutput("edited");
        }
    }

    private static ApplicationLaunch launch() {
        return PackagedApplication.with("postrider.smtp.host", "localhost").with("postrider.folder.path", "spool");
    }

    private static String failure(ApplicationLaunch launch) {
        try (PackagedApplication application = launch.start()) {
            assertThat(application.awaitExit()).isEqualTo(1);
            List<String> output = application.output();
            assertThat(output).noneMatch(line -> line.startsWith("\tat "));
            return output.stream()
                    .filter(line -> line.startsWith("postrider did not start: "))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(String.join("\n", output)));
        }
    }
}
