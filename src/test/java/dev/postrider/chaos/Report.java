package dev.postrider.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** The table with the words around it: {@code docs/chaos.md}. */
final class Report {

    private static final String TEXT = """
            # Chaos

            What became of %,d recipients while things went wrong, made by

            ```sh
            %s
            ```

            on %s: %s, Java %s, in %d min. Each line is a run of its own: a Kafka broker, a relay that counts, and the
            packaged application between them. Requests came in turn on a topic of four partitions and into the folder:
            most for one recipient, some for several, some that the relay puts off or refuses, some that are no requests
            at all.

            %s
            *in* = *relayed* + *waiting* + *dead letters* + *suppressed* + *lost*, each recipient once. *Waiting* are
            those on a retry topic or in `.deferred/` when the run ended; *suppressed* are second copies of a request,
            told by its id; *duplicated* counts each surplus message at the relay. *In flight at kills* is how many
            transactions were under way at the relay at each `kill -9`, or had been within the %d ms before, all kills
            together: no more may come twice. *To recover* is the time from the end of the fault until nothing was left
            to do, requests that were still coming in included. %s
            """;

    private Report() {}

    static String of(ChaosSettings settings, List<Row> rows, Duration took) {
        return TEXT.formatted(
                rows.stream().mapToInt(row -> row.count().in()).sum(),
                settings.command(),
                LocalDate.now(ZoneOffset.UTC),
                machine(),
                Runtime.version().feature(),
                Math.max(1, took.toMinutes()),
                Table.of(rows),
                RelayCount.JUST_NOW.toMillis(),
                "A clock that jumps is seen by the application alone.");
    }

    private static String machine() {
        return String.format(
                Locale.ROOT,
                "%d processors (%s), %s",
                Runtime.getRuntime().availableProcessors(),
                processor(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
