package dev.postrider.chaos;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The long form, for people: {@code mvn -q -Pchaos}. Prints the table as it grows, and writes it to a file. */
public final class Chaos {

    private final ChaosSettings settings;
    private final Path home;
    private final PrintStream out;
    private final List<Row> rows = new ArrayList<>();

    private Chaos(ChaosSettings settings, Path home, PrintStream out) {
        this.settings = settings;
        this.home = home;
        this.out = out;
    }

    public static void main(String... args) throws Exception {
        Path home = Path.of(System.getProperty("chaos.folder", "target/chaos")).toAbsolutePath();
        Chaos chaos = new Chaos(ChaosSettings.longForm(), home, System.out);
        // Ctrl-C, or an end of another kind, ends what was started as well.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
        System.exit(chaos.run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        Folders.empty(home);
        out.printf("%s%nThe application's log of each line: %s%n%n", settings.command(), home.resolve("logs"));
        long start = System.nanoTime();
        strikeAll();
        Path report = settings.report();
        Files.writeString(report, Report.of(settings, rows, Duration.ofNanos(System.nanoTime() - start)));
        out.printf("%nWritten to %s.%n", report);
        return rows.stream().allMatch(Row::well);
    }

    private void strikeAll() throws Exception {
        List<Fault> faults = Faults.of(settings);
        try (Cluster cluster = Cluster.start(home)) {
            Scenario scenario = new Scenario(settings, cluster, home);
            out.print(Table.HEAD);
            for (Fault fault : faults) {
                Row row = scenario.run(fault, Faults.share(settings, fault));
                rows.add(row);
                out.println(Table.line(row));
            }
        }
    }
}
