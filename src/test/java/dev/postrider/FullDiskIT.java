package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.fixture.ApplicationLaunch;
import dev.postrider.fixture.Installation;
import dev.postrider.fixture.PackagedApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watched folder on a file system of four megabytes, which only root may mount: relayed = noted, and nothing twice. */
class FullDiskIT {

    private static final int REQUESTS = 150;

    @TempDir
    Path home;

    private Installation installation;
    private boolean mounted;

    @BeforeEach
    void install() throws Exception {
        Path spool = Files.createDirectory(home.resolve("spool"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", spool.toString());
        assumeTrue(mounted, "only root can mount a file system");
        installation = Installation.in(home);
    }

    @AfterEach
    void remove() throws Exception {
        if (mounted) {
            installation.close();
            run("umount", installation.spool().toString());
        }
    }

    @Test
    void onAFullDiskNothingBeginsAndNothingComesTwiceAfterARestart() throws Exception {
        for (int n = 0; n < REQUESTS; n++) {
            drop("n" + n);
        }
        int relayed;
        try (PackagedApplication application = launch().start()) {
            application.awaitOutput("nothing is taken from the watched folder: less than postrider.folder.min-free");
            await().until(() -> installation.files(".work").isEmpty());

            relayed = installation.relay().messages().size();
            assertThat(relayed).isBetween(1, REQUESTS - 1);
            assertThat(outcomes()).hasSize(relayed);
            assertThat(installation.files(".done")).hasSize(relayed);
            assertThat(installation.files("inbox")).hasSize(REQUESTS - relayed);
            application.kill();
        }

        try (PackagedApplication application = launch().start()) {
            application.awaitOutput("nothing is taken from the watched folder: less than postrider.folder.min-free");
            assertThat(application.get("/q/health/ready").statusCode()).isEqualTo(503);
            assertThat(application.get("/q/health/ready").body()).contains("postrider.folder.min-free");
            assertThat(installation.relay().messages()).hasSize(relayed);

            assertThat(run(
                            "mount",
                            "-o",
                            "remount,size=16m",
                            installation.spool().toString()))
                    .isTrue();
            installation.awaitFiles(".done", REQUESTS);
            application.awaitReady();
            assertThat(installation.relay().messages()).hasSize(REQUESTS);
            assertThat(outcomes()).hasSize(REQUESTS);
        }
    }

    private ApplicationLaunch launch() {
        return installation
                .launchWithFolder()
                .with("postrider.folder.min-free", "1M")
                .with("postrider.intake.in-flight", "4");
    }

    /** Its outcome is as large as the request. */
    private void drop(String id) throws IOException {
        String metadata = IntStream.range(0, 15)
                .mapToObj(n -> "\"key-" + n + "\": \"" + "x".repeat(1_000) + "\"")
                .collect(Collectors.joining(","));
        Path written = Files.writeString(
                installation.spool().resolve("inbox/." + id),
                "{\"id\": \"" + id + "\", \"from\": \"orders@shop.example\", \"to\": [\"ann@example.org\"],"
                        + " \"subject\": \"s\", \"text\": \"t\", \"metadata\": {" + metadata + "}}");
        Files.move(written, written.resolveSibling(id + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }

    private Set<String> outcomes() {
        return installation
                .read("outcomes.jsonl")
                .lines()
                .map(line -> line.substring(0, line.indexOf("\"source\"")))
                .collect(Collectors.toSet());
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
