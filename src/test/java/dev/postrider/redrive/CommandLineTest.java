package dev.postrider.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.delivery.DeadLetter;
import dev.postrider.fixture.Readme;
import dev.postrider.ops.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal =
            new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), Optional.empty());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lst                                   | Unmatched argument at index 0: 'lst' (see redrive --help)
            list --reasn refused                  | Unknown option: '--reasn'
            list --reason refusd                  | --reason refusd: one of invalid-request, refused
            list --reply-code 9                   | --reply-code 9: a code such as 451
            list --reply-code 45yz                | --reply-code 45yz: a code such as 451
            list --since yesterday                | --since yesterday: a time such as 2026-03-01T04:00:00Z
            list --from queue                     | --from queue: topic or folder
            list dead-letters/../inbox/a.json     | is no dead letter's place
            show                                  | say which: --id ID, or a place, as list shows them
            show order-17                         | if it is the id of a request: --id order-17
            run --limit 0                         | --max-redrives and --limit: at least 1
            run --max-redrives many               | Invalid value for option '--max-redrives'
            run --set-recipient a@example.org     | --set-recipient a@example.org: OLD=NEW is asked for
            run --set-recipient a@example.org=b@@ | --set-recipient b@@: not an address
            run --edit to=a@example.org           | --edit to: one of from, sender
            """)
    void whatIsNotUnderstoodIsSaidInOneLine(String arguments, String line) {
        ExitCode code = execute(arguments.split(" "));

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(UTF_8).lines()).singleElement().asString().contains(line);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void theHelpNamesEveryExitCodeInOrder() {
        execute();

        assertThat(out.toString(UTF_8).lines().filter(line -> line.matches(" +\\d .*")))
                .extracting(line -> Integer.valueOf(line.strip().substring(0, 1)))
                .containsExactlyElementsOf(
                        Arrays.stream(ExitCode.values()).map(ExitCode::code).toList());
    }

    @Test
    void theReasonsToFilterForAreThoseOfDeadLettersAndNoOthers() {
        List<String> reasons = new ArrayList<>(
                Arrays.stream(DeadLetter.Reason.values()).map(Object::toString).toList());
        reasons.add("no-report"); // A file that somebody put into dead-letters/ without a report.

        assertThat(Syntax.REASONS).containsExactlyInAnyOrderElementsOf(reasons);
    }

    @Test
    void theDefaultsAreThoseOfTheApplication() {
        RedriveSettings.DEFAULTS.forEach(
                (key, standard) -> assertThat(Settings.all().getOrDefault(key, Optional.of(standard)))
                        .as(key)
                        .contains(standard));
    }

    @Test
    void theListInTheReadmeHasTheColumnsOfTheCommand() {
        String list = Readme.read().section("Redrive").blocks("text").get(0);

        assertThat(list.lines().toList().get(1).split("  +")).containsExactlyElementsOf(Listing.HEAD);
    }

    @Test
    void noControlCharacterOfADeadLetterReachesTheTerminal() {
        terminal.line("id \u001b[2J\u202E and\nmore");

        assertThat(out.toString(UTF_8)).isEqualTo("id \\u001b[2J\\u202e and\\nmore" + System.lineSeparator());
    }

    @Test
    void noneReachesAMachineEither() {
        assertThat(Json.line(Json.object().put("id", "\u001b\u007f\u009b\u202Eé")))
                .isEqualTo("{\"id\":\"\\u001B\\u007f\\u009B\\u202E\\u00E9\"}");
    }

    private ExitCode execute(String... arguments) {
        return new RedriveCommand(terminal).execute(List.of(arguments));
    }
}
