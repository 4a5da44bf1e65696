package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.DkimKey;
import dev.postrider.fixture.Installation;
import dev.postrider.fixture.PackagedApplication;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's reverse-path in the packaged application. */
class ReturnPathIT {

    @TempDir
    Path home;

    @Test
    void itIsUsedAndThatItDoesNotAlignIsSaidOnceAtTheStart() throws Exception {
        try (Installation installation = Installation.in(home);
                PackagedApplication application = installation
                        .launchWithFolder()
                        .with("postrider.message.return-path", "bounces@bank.test")
                        .with(
                                "postrider.dkim.domains.\"shop.example\".keys.e2026",
                                DkimKey.ed25519("shop.example", "e2026")
                                        .write(home)
                                        .toString())
                        .start()) {
            String warning = "mail from shop\\.example returns to bank\\.test: SPF does not vouch for shop\\.example";
            application.awaitOutput(warning);

            installation.drop("order.json", "{\"from\":\"a@shop.example\",\"to\":[\"ada@example.org\"],\"text\":\"\"}");

            assertThat(installation.relay().awaitMessages(1))
                    .singleElement()
                    .satisfies(message -> assertThat(message.reversePath()).isEqualTo("bounces@bank.test"))
                    .satisfies(message -> assertThat(message.text()).startsWith("DKIM-Signature:"));
            assertThat(application.output().stream().filter(line -> line.matches(".*" + warning + ".*")))
                    .hasSize(1);
        }
    }
}
