package dev.postrider.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParseResult;

/** The filters as they are written, against a dead letter: refused with 550 5.1.1, failed at 04:00:00.214. */
class FilterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T05:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--reason refused",
                "--reason expired,refused",
                "--reason expired --limit 1 --reason refused",
                "--reply-code 550",
                "--reply-code 5",
                "--reply-code 5xx",
                "--reply-code 5yz",
                "--reply-code 45x,55x",
                "--enhanced-code 5.1.1",
                "--enhanced-code 5.1.*",
                "--recipient-domain example.org",
                "--recipient-domain EXAMPLE.org",
                "--recipient-domain *.org",
                "--since 2026-03-01T04:00:00Z",
                "--since 2026-03-01T05:00:00+01:00",
                "--since 1h30m",
                "--until 59m",
                "--id order-17",
                "--id order-1?",
                "--id x --id order-*",
                "--reason refused --reply-code 5 --id *17"
            })
    void itPasses(String options) {
        assertThat(matches(options)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--reason expired",
                "--reply-code 551",
                "--reply-code 4",
                "--enhanced-code 5.1",
                "--enhanced-code 5?2.1",
                "--recipient-domain example.com",
                "--recipient-domain *.example.org",
                "--since 59m",
                "--until 2026-03-01T04:00:00Z",
                "--id order",
                "--id order.17",
                "--retryable",
                "--reason refused --id order-18"
            })
    void itDoesNot(String options) {
        assertThat(matches(options)).isFalse();
    }

    private static boolean matches(String options) {
        ParseResult parsed = Syntax.commandLine().parseArgs(("run " + options).split(" "));
        Filter filter = new Arguments(parsed.subcommand(), NOW).selection().filter();
        Parked parked = Letters.parked(Letters.refused("ada@example.org", "550 5.1.1 no such user"));
        return filter.matches(parked, () -> List.of("somebody@example.com"));
    }
}
