package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.Installation;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Out of memory ends the process and is no request's fault; what cannot fit is refused before. */
class OutOfMemoryIT {

    @TempDir
    Path home;

    private Installation installation;

    @BeforeEach
    void open() {
        installation = Installation.in(home);
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void outOfMemoryEndsTheProcessAndNothingIsLost() throws IOException {
        Path routes = routesThatDoubleTheirBodyWithoutEnd();
        installation.drop("order.json", Requests.to("order", "ann@example.org"));

        try (PackagedApplication application = installation
                .launchWithFolder()
                .heap("96m")
                .with("postrider.routes", "file:" + routes)
                .start()) {
            int code = application.awaitExit();

            assertThat(application.output()).anyMatch(line -> line.contains("the process ends: java.lang.OutOfMemory"));
            assertThat(code).isEqualTo(3);
        }
        assertThat(installation.files("dead-letters")).isEmpty();

        try (PackagedApplication application = installation.launchWithFolder().start()) {
            installation.awaitFiles(".done", 1);
            assertThat(application.running()).isTrue();
        }
        assertThat(installation.relay().messages()).hasSize(1);
    }

    @Test
    void requestsThatCannotFitAreRefusedByTheirSizeAndTheOthersAreRelayed() {
        String large = Requests.to("large", "ann@example.org")
                .replace("\"text\"", "\"html\":\"" + "x".repeat(30 << 20) + "\",\"text\"");
        String fits = Requests.to("fits", "ann@example.org")
                .replace("\"text\"", "\"html\":\"" + "x".repeat(4 << 20) + "\",\"text\"");
        IntStream.range(0, 10).forEach(n -> installation.drop("large-" + n + ".json", large));
        IntStream.range(0, 10)
                .forEach(n -> installation.drop("fits-" + n + ".json", fits.replace("\"fits\"", "\"fits-" + n + "\"")));

        try (PackagedApplication application =
                installation.launchWithFolder().heap("160m").start()) {
            application.awaitOutput("the heap of 1\\d\\d MiB has no room for the largest requests");
            installation.awaitFiles(".done", 10);
            installation.awaitFiles("dead-letters", 20);

            assertThat(installation.read("dead-letters/large-0.json.failure.json"))
                    .contains("\"invalid-request\"", "bytes, and this has more");
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void settingsThatCannotFitStopTheStart() {
        try (PackagedApplication application = installation
                .launchWithFolder()
                .heap("160m")
                .with("postrider.intake.in-flight-bytes", "100M")
                .with("postrider.limits.request-bytes", "40000000")
                .start()) {
            assertThat(application.awaitExit()).isEqualTo(1);
            assertThat(application.output())
                    .anyMatch(line ->
                            line.startsWith("postrider did not start: postrider.intake.in-flight-bytes (100 MiB)"
                                    + " and postrider.limits.request-bytes (38 MiB) do not fit into the heap of 1"));
        }
    }

    private Path routesThatDoubleTheirBodyWithoutEnd() throws IOException {
        Path routes = Files.createDirectory(home.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                Files.writeString(routes.resolve(file.getFileName()), text.replace("""
                                - bean:
                                    ref: submissionReader
                        """, """
                                - setBody:
                                    constant: "sixteen characters"
                                - loop:
                                    constant: "40"
                                    steps:
                                      - setBody:
                                          simple: "${body}${body}"
                                - bean:
                                    ref: submissionReader
                        """));
            }
        }
        return routes;
    }
}
