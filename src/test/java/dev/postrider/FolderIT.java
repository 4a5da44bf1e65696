package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.Installation;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.Requests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder alone, without any Kafka: in = out + dead letters, each file in exactly one place. */
class FolderIT {

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
    void aFileBecomesAMessageOverStartTlsAndIsPutAway() {
        installation.drop("order-17.json", Requests.to("order-17", "ann@example.org", "bob@example.org"));

        try (PackagedApplication application = installation.launchWithFolder().start()) {
            ReceivedMessage message = installation.relay().awaitMessages(1).get(0);
            installation.awaitFiles(".done", 1);

            assertThat(message.tls()).isTrue();
            assertThat(message.user()).contains(Installation.USER);
            assertThat(message.reversePath()).isEqualTo("orders@shop.example");
            assertThat(message.recipients()).containsExactly("ann@example.org", "bob@example.org");
            assertThat(message.text()).contains("Subject: Order order-17").contains("Thank you.");
            assertThat(installation.files(".done")).containsExactly("order-17.json");
            assertThat(installation.files("inbox")).isEmpty();
            assertThat(installation.files(".work")).isEmpty();
            application.awaitOutput("relayed order-17 to ann@example.org, bob@example.org \\[session 1\\] 250 2.0.0");
            application.awaitOutput("accepted order-17 from inbox/order-17.json");
            application.awaitOutput("INFO .* postrider \\S+: relay localhost:\\d+ \\(tls starttls, user "
                    + Installation.USER + "\\); folder /.*/spool");
            assertThat(application.output()).noneMatch(line -> line.contains("seda://"));
        }
    }

    @Test
    void athousandFilesAreAThousandMessagesOnFewSessions() {
        IntStream.range(0, 1_000).forEach(n -> installation.drop(n + ".json", Requests.to("n" + n, "ann@example.org")));

        try (PackagedApplication application = installation.launchWithFolder().start()) {
            installation.awaitFiles(".done", 1_000);

            assertThat(subjects()).hasSize(1_000);
            assertThat(installation.relay().messages()).hasSize(1_000);
            // 100 transactions a session by default, 8 at once, and the prober's.
            assertThat(installation.relay().connections()).isBetween(10, 20);
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void aBadRequestIsDeadLetteredByteForByteAndTheNextGoesOut() {
        String bad = "{\"from\": \"orders@shop.example\", \"to\": [\"ann@@example.org\"], \"txt\": 1}\n";
        installation.drop("bad.json", bad);
        installation.drop("good.json", Requests.to("good", "ann@example.org"));

        try (PackagedApplication application = installation.launchWithFolder().start()) {
            installation.awaitFiles(".done", 1);
            installation.awaitFiles("dead-letters", 2);

            assertThat(installation.read("dead-letters/bad.json")).isEqualTo(bad);
            assertThat(installation.read("dead-letters/bad.json.failure.json"))
                    .contains("\"reason\" : \"invalid-request\"")
                    .contains("$.txt: unknown field")
                    .contains("\"retryable\" : false");
            assertThat(installation.relay().messages()).hasSize(1);
            application.awaitOutput("dead-lettered inbox/bad.json: invalid-request");
        }
    }

    @Test
    void aRefusedRecipientIsDeadLetteredAndTheOthersHaveTheirMail() {
        installation.relay().replyTo("RCPT TO:<nobody@example.org>", "550 5.1.1 no such user");
        installation.drop(
                "mixed.json", Requests.to("mixed", "ann@example.org", "nobody@example.org", "bob@example.org"));

        try (PackagedApplication application = installation.launchWithFolder().start()) {
            installation.awaitFiles("dead-letters", 2);

            assertThat(installation.relay().messages().get(0).recipients())
                    .containsExactly("ann@example.org", "bob@example.org");
            assertThat(installation.read("dead-letters/mixed.json.failure.json"))
                    .contains("\"reason\" : \"refused\"")
                    .contains("\"retryable\" : false")
                    .contains("nobody@example.org")
                    .contains("550 5.1.1 no such user")
                    .contains("\"enhancedCode\" : \"5.1.1\"")
                    .doesNotContain("ann@example.org");
            assertThat(application.get("/q/metrics").body())
                    .contains("postrider_recipients_total{disposition=\"relayed\"} 2.0")
                    .contains("postrider_recipients_total{disposition=\"failed\"} 1.0")
                    .contains("postrider_dead_letters_total{reason=\"refused\"} 1.0");
        }
    }

    @Test
    void theSameNameTwiceInTheDeadLettersIsTwoDeadLetters() {
        try (PackagedApplication application = installation.launchWithFolder().start()) {
            installation.drop("bad.json", "first");
            installation.awaitFiles("dead-letters", 2);
            installation.drop("bad.json", "second");
            installation.awaitFiles("dead-letters", 4);

            assertThat(installation.files("dead-letters"))
                    .containsExactly("bad.json", "bad.json.failure.json", "bad~2.json", "bad~2.json.failure.json");
            assertThat(installation.read("dead-letters/bad.json")).isEqualTo("first");
            assertThat(installation.read("dead-letters/bad~2.json")).isEqualTo("second");
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void whatIsNotAFileOrIsBeingWrittenStaysInTheInbox() throws Exception {
        Path inbox = installation.spool().resolve("inbox");
        Files.createDirectory(inbox.resolve("folder.json"));
        Files.createSymbolicLink(inbox.resolve("link.json"), Path.of("/etc/hostname"));
        Files.writeString(inbox.resolve(".being-written.json"), "{");
        Files.writeString(inbox.resolve("upload.json.part"), "{");
        // As after a swap between look and claim, by a run that died over it.
        Path work = Files.createDirectories(installation.spool().resolve(".work"));
        assertThat(new ProcessBuilder("mkfifo", work.resolve("fifo.json").toString())
                        .start()
                        .waitFor())
                .isZero();
        installation.drop("good.json", Requests.to("good", "ann@example.org"));

        try (PackagedApplication application = installation.launchWithFolder().start()) {
            installation.awaitFiles(".done", 1);
            application.awaitOutput("inbox/folder.json is not a regular file");
            application.awaitOutput("inbox/link.json is not a regular file");
            application.awaitOutput("inbox/fifo.json is not a regular file");

            assertThat(installation.files("inbox"))
                    .containsExactly(
                            ".being-written.json", "fifo.json", "folder.json", "link.json", "upload.json.part");
            assertThat(installation.files("dead-letters")).isEmpty();
        }
    }

    @Test
    void whatARunThatDiedHadClaimedGoesFirst() throws Exception {
        Files.createDirectories(installation.spool().resolve(".work"));
        Files.writeString(
                installation.spool().resolve(".work/claimed.json"), Requests.to("claimed", "ann@example.org"));

        try (PackagedApplication application = installation.launchWithFolder().start()) {
            installation.awaitFiles(".done", 1);

            assertThat(installation.relay().messages()).hasSize(1);
            application.awaitOutput("found 1 files in .work/");
        }
    }

    @Test
    void aSecondInstanceOnTheSameFolderDoesNotStart() {
        try (PackagedApplication first = installation.launchWithFolder().start()) {
            first.awaitReady();
            try (PackagedApplication second = installation.launchWithFolder().start()) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.output())
                        .filteredOn(line -> line.contains("did not start"))
                        .singleElement()
                        .asString()
                        .contains("postrider.folder.path", "in use by another instance");
            }
        }
    }

    @Test
    void anInboxThatVanishesIsSaidOnceAndUsedAgainWhenItIsBack() throws Exception {
        try (PackagedApplication application = installation.launchWithFolder().start()) {
            application.awaitReady();
            Path inbox = installation.spool().resolve("inbox");
            Files.delete(inbox);

            application.awaitOutput("nothing is taken from the watched folder: .*inbox is not there");
            assertThat(application.get("/q/health/ready").statusCode()).isEqualTo(503);
            assertThat(application.get("/q/health/ready").body()).contains("inbox is not there");

            Files.createDirectory(inbox);
            installation.drop("order-17.json", Requests.to("order-17", "ann@example.org"));
            installation.awaitFiles(".done", 1);
            application.awaitReady();
            assertThat(application.output())
                    .filteredOn(line -> line.contains("inbox is not there"))
                    .hasSize(1);
            assertThat(application.output()).noneMatch(line -> line.contains("Exception"));
        }
    }

    @Test
    void outcomesOfAThousandRecipientsWithAllTheMetadataThereMayBeFitIntoASmallHeap() {
        for (int n = 0; n < 8; n++) {
            installation.drop("many-" + n + ".json", withMetadata("many-" + n, 1_000));
        }

        try (PackagedApplication application = installation
                .launchWithFolder()
                .with("postrider.outcomes.max-files", "100")
                .env("JAVA_TOOL_OPTIONS", "-Xmx128m")
                .start()) {
            installation.awaitFiles(".done", 8);
            installation.drop("one.json", Requests.to("one", "ann@example.org"));
            installation.awaitFiles(".done", 9);

            assertThat(installation.relay().messages()).hasSize(9);
            assertThat(outcomes().size()).isEqualTo(8_001);
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void filesTooLargeForTheHeapAreDeadLettersAndTheNextOneGoesOut() {
        String attachment = "A".repeat(20 << 20);
        for (int n = 0; n < 10; n++) {
            installation.drop(
                    "large-" + n + ".json",
                    "{\"from\": \"orders@shop.example\", \"to\": [\"ann@example.org\"], \"subject\": \"s\", \"text\": \"t\","
                            + " \"attachments\": [{\"filename\": \"a\", \"content\": \"" + attachment + "\"}]}");
        }

        try (PackagedApplication application = installation
                .launchWithFolder()
                .env("JAVA_TOOL_OPTIONS", "-Xmx128m")
                .start()) {
            installation.awaitFiles("dead-letters", 20);
            installation.drop("small.json", Requests.to("small", "ann@example.org"));
            installation.awaitFiles(".done", 1);

            assertThat(installation.files("inbox")).isEmpty();
            assertThat(installation.files(".work")).isEmpty();
            assertThat(application.running()).isTrue();
        }
    }

    private static String withMetadata(String id, int recipients) {
        String to = IntStream.range(0, recipients)
                .mapToObj(n -> "\"r" + n + "@example.org\"")
                .collect(Collectors.joining(","));
        String metadata = IntStream.range(0, 50)
                .mapToObj(n -> "\"key-" + n + "\": \"" + "ö".repeat(150) + "\"")
                .collect(Collectors.joining(","));
        return "{\"id\": \"" + id + "\", \"from\": \"orders@shop.example\", \"to\": [" + to
                + "], \"subject\": \"s\", \"text\": \"t\", \"metadata\": {" + metadata + "}}";
    }

    private Set<String> outcomes() {
        return installation.files("").stream()
                .filter(name -> name.startsWith("outcomes"))
                .flatMap(name -> installation.read(name).lines())
                .map(line -> line.substring(0, line.indexOf("\"source\"")))
                .collect(Collectors.toSet());
    }

    private Set<String> subjects() {
        List<ReceivedMessage> messages = installation.relay().messages();
        return messages.stream()
                .flatMap(message -> message.text().lines().filter(line -> line.startsWith("Subject: ")))
                .collect(Collectors.toSet());
    }
}
