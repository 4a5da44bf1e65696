package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.PackagedApplication;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hosts that a URI would not take, through the whole application, where no relay is. */
class RelayHostIT {

    @ParameterizedTest
    @CsvSource({
        "smtp_relay, host 'smtp_relay' is not known",
        "bücher.invalid, host 'bücher.invalid' is not known",
        "::1, ::1:1 refuses connections",
        "[::1], [::1]:1 refuses connections"
    })
    void theApplicationStartsAndSaysWhatIsWrongWithTheRelay(String host, String reason) {
        try (var application = PackagedApplication.with("postrider.smtp.host", host)
                .with("postrider.smtp.port", "1")
                .with("postrider.folder.path", "spool")
                .start()) {
            application.awaitOutput(java.util.regex.Pattern.quote(reason));

            assertThat(application.running()).isTrue();
        }
    }
}
