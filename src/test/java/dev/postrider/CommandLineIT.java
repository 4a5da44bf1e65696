package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.PackagedApplication;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands on the command line of the application itself. Every test could start it: the settings are complete. */
class CommandLineIT {

    private record Ended(int code, List<String> lines) {}

    @ParameterizedTest
    @ValueSource(strings = {"status", "redrve", "--port", "", "start\nredrive"})
    void anUnknownCommandIsRefusedAndStartsNothing(String word) {
        Ended ended = run(word);

        assertThat(ended.lines())
                .singleElement()
                .asString()
                .startsWith("postrider: there is no command \"" + word.replace("\n", "\\n") + "\"")
                .contains("redrive", "--help", "--version");
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void helpNamesTheCommandsAndStartsNothing() {
        Ended ended = run("--help");

        assertThat(ended.lines()).anyMatch(line -> line.startsWith("  redrive "));
        assertThat(ended.code()).isZero();
    }

    @Test
    void theVersionIsOneLineAndStartsNothing() {
        Ended ended = run("--version");

        assertThat(ended.lines()).singleElement().asString().matches("postrider \\d+\\.\\d+\\S*");
        assertThat(ended.code()).isZero();
    }

    private static Ended run(String word) {
        try (PackagedApplication command = PackagedApplication.with("postrider.smtp.host", "localhost")
                .with("postrider.folder.path", "spool")
                .arguments(word)
                .start()) {
            int code = command.awaitExit();
            return new Ended(code, command.output());
        }
    }
}
