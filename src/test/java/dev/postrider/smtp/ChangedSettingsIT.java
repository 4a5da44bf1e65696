package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.Installation;
import dev.postrider.fixture.PackagedApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator mends the log-in in {@code config/application.properties} while the application runs. */
class ChangedSettingsIT {

    @TempDir
    private Path home;

    @Test
    void theLineOpensWhenThePasswordInTheSettingsFileIsRight() throws Exception {
        try (Installation installation = Installation.in(home)) {
            installation.drop(
                    "order.json", "{\"from\":\"shop@example.com\",\"to\":[\"ann@example.org\"],\"text\":\"hello\"}");
            writeSettings(installation, "old");
            try (PackagedApplication application =
                    PackagedApplication.launch().workingDirectory(home).start()) {
                application.awaitOutput("the line stops.*refused the log-in of 'postrider'");

                writeSettings(installation, Installation.PASSWORD);

                application.awaitReady();
                installation.relay().awaitMessages(1);
                assertThat(application.output()).noneMatch(line -> line.contains(Installation.PASSWORD));
            }
        }
    }

    private void writeSettings(Installation installation, String password) throws Exception {
        Path config = Files.createDirectories(home.resolve("config"));
        Files.writeString(
                config.resolve("application.properties"),
                String.join(
                        "\n",
                        "postrider.smtp.host=localhost",
                        "postrider.smtp.port=" + installation.relay().port(),
                        "postrider.smtp.trust-certificates=ca.pem",
                        "postrider.smtp.username=" + Installation.USER,
                        "postrider.smtp.password=" + password,
                        "postrider.smtp.probe.delay=100ms",
                        "postrider.smtp.probe.max-delay=500ms",
                        "postrider.folder.path=spool",
                        "postrider.folder.poll-interval=100ms",
                        ""));
    }
}
