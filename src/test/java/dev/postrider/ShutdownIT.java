package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.Installation;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.Requests;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: what is under way is finished, the rest stays where it is, nothing comes twice. */
class ShutdownIT {

    @TempDir
    Path home;

    private Installation installation;

    @BeforeEach
    void install() {
        installation = Installation.in(home);
    }

    @AfterEach
    void remove() {
        installation.close();
    }

    @Test
    void whatIsUnderWayIsFinishedAndEverySessionSaysQuit() {
        installation.relay().replyDelay(Duration.ofMillis(100));
        IntStream.range(0, 100).forEach(n -> installation.drop(n + ".json", Requests.to("n" + n, "ann@example.org")));

        try (PackagedApplication application = installation.launchWithFolder().start()) {
            installation.relay().awaitMessages(5);
            application.terminate();
        }
        int first = installation.relay().messages().size();
        assertThat(first).isLessThan(100);
        assertThat(installation.files(".done")).hasSize(first);
        assertThat(installation.files(".work")).isEmpty();
        assertThat(installation.files("inbox")).hasSize(100 - first);
        assertThat(installation.relay().transcript().stream().filter("C: QUIT"::equals))
                .hasSize(installation.relay().connections());

        try (PackagedApplication application = installation.launchWithFolder().start()) {
            installation.awaitFiles(".done", 100);
            assertThat(installation.relay().messages()).hasSize(100);
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void withTheLineStoppedItEndsAtOnceAndEverythingStaysWithItsSource() {
        installation.relay().stopListening();
        IntStream.range(0, 30).forEach(n -> installation.drop(n + ".json", Requests.to("n" + n, "ann@example.org")));

        try (PackagedApplication application = installation
                .launchWithFolder()
                .with("postrider.intake.in-flight", "16")
                .start()) {
            application.awaitOutput("the line stops");
            installation.awaitFiles(".work", 16);
            Instant asked = Instant.now();
            application.terminate();
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(25));
        }
        assertThat(installation.files(".work").size()
                        + installation.files("inbox").size())
                .isEqualTo(30);
        assertThat(installation.files("dead-letters")).isEmpty();

        installation.relay().resumeListening();
        try (PackagedApplication application = installation.launchWithFolder().start()) {
            installation.awaitFiles(".done", 30);
            assertThat(installation.relay().messages()).hasSize(30);
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void aSecondSignalEndsItAtOnceAndWhatWasUnderWayComesAgain() {
        installation.relay().hangAt("RCPT TO:<stuck@example.org>");
        installation.drop("stuck.json", Requests.to("stuck", "stuck@example.org"));

        try (PackagedApplication application = installation.launchWithFolder().start()) {
            await().until(() -> installation.relay().transcript().contains("C: RCPT TO:<stuck@example.org>"));
            application.signal();
            application.awaitOutput("stopping");
            application.signal();
            assertThat(application.awaitExit()).isEqualTo(128 + 15);
        }
        assertThat(installation.files(".work")).containsExactly("stuck.json");
        installation.relay().clearReplies();

        try (PackagedApplication application = installation.launchWithFolder().start()) {
            installation.awaitFiles(".done", 1);
            assertThat(installation.relay().messages()).hasSize(1);
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void whatIsNotFinishedInTimeComesAgain() {
        installation.relay().hangAt("RCPT TO:<stuck@example.org>");
        installation.drop("stuck.json", Requests.to("stuck", "stuck@example.org"));

        try (PackagedApplication application = installation
                .launchWithFolder()
                .with("quarkus.shutdown.timeout", "1s")
                .start()) {
            await().until(() -> installation.relay().transcript().contains("C: RCPT TO:<stuck@example.org>"));
            application.terminate();
        }
        assertThat(installation.files(".work")).containsExactly("stuck.json");
        assertThat(installation.files("dead-letters")).isEmpty();
    }
}
