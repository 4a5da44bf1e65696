package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.fixture.Installation;
import dev.postrider.fixture.PackagedApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An attachment by reference in the packaged application. */
class AttachmentIT {

    @TempDir
    Path home;

    @Test
    void theFileOfTheDigestIsRelayedAndAnotherOneIsADeadLetterThatNamesTheField() throws Exception {
        byte[] content = new byte[700_000];
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        Path root = home.resolve("attachments");
        Files.write(Files.createDirectories(root.resolve("2026")).resolve("bill.pdf"), content);
        try (Installation installation = Installation.in(home)) {
            installation.drop("good.json", request(digest));
            installation.drop("wrong.json", request("0".repeat(64)));

            try (PackagedApplication application = installation
                    .launchWithFolder()
                    .with("postrider.attachments.root", root.toString())
                    .start()) {
                installation.awaitFiles(".done", 1);
                installation.awaitFiles("dead-letters", 2);

                assertThat(installation.files(".done")).containsExactly("good.json");
                JsonNode failure =
                        new ObjectMapper().readTree(installation.read("dead-letters/wrong.json.failure.json"));
                assertThat(List.of(
                                failure.path("reason").asText(),
                                failure.path("detail").asText()))
                        .containsExactly(
                                "invalid-request",
                                "$.attachments[0].sha256: is not that of the file (\"2026/bill.pdf\")");
                assertThat(installation.relay().messages()).hasSize(1);
                assertThat(application.output()).noneMatch(line -> line.contains("ERROR"));
            }
        }
    }

    private static String request(String sha256) {
        return """
            {"from": "shop@example.com", "to": ["ada@example.org"], "text": "Your bill.",
             "attachments": [{"filename": "bill.pdf", "file": "2026/bill.pdf", "sha256": "%s"}]}\
            """.formatted(sha256);
    }
}
