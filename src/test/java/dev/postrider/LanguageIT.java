package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.Installation;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.Requests;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The machine's language changes nothing: not the case of a name, not a number. */
class LanguageIT {

    @TempDir
    Path home;

    /** Turkish and Azeri know two letters i, so that groupId in lower case is another word; Arabic has digits of its own. */
    @ParameterizedTest
    @CsvSource({"tr, TR", "az, AZ", "ar, EG"})
    void theApplicationRelaysWhateverTheLanguageOfTheMachine(String language, String country) {
        try (Installation installation = Installation.in(home)) {
            installation.drop("order-17.json", Requests.to("order-17", "ann@example.org"));

            try (PackagedApplication application = installation
                    .launchWithFolder()
                    .with("user.language", language)
                    .with("user.country", country)
                    .start()) {
                installation.awaitFiles(".done", 1);

                application.awaitOutput("relayed order-17 to .*\\[session 1\\] 250 2.0.0");
                assertThat(installation.relay().messages()).hasSize(1);
            }
        }
    }
}
