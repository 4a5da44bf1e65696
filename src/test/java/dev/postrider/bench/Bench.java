package dev.postrider.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** For people: {@code mvn -q -Pbench}. Prints what it finds, and writes it to {@code docs/performance.md}. */
public final class Bench {

    private final BenchSettings settings;
    private final Path home;
    private final PrintStream out;

    private Bench(BenchSettings settings, Path home, PrintStream out) {
        this.settings = settings;
        this.home = home;
        this.out = out;
    }

    public static void main(String... args) throws Exception {
        // Ctrl-C, or an end of another kind, ends what was started as well.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
        new Bench(BenchSettings.given(), Path.of("target", "bench").toAbsolutePath(), System.out).run();
        System.exit(0);
    }

    private void run() throws Exception {
        empty(home);
        out.println(settings.command());
        long start = System.nanoTime();
        Document document = new Document(settings.report());
        try (Lab lab = new Lab(settings, home, out)) {
            if (settings.profile()) {
                attempt(lab, new Profiling());
            } else if (settings.growth()) {
                Growing growing = new Growing();
                attempt(lab, growing);
                growing.write(document, lab);
                out.printf("%nWritten to %s.%n", document.file());
            } else {
                List<Section> sections = chosen();
                sections.forEach(section -> attempt(lab, section));
                Report.standard(document, lab, sections, Duration.ofNanos(System.nanoTime() - start));
                out.printf("%n%s%nWritten to %s.%n", Goals.table(lab.results()), document.file());
            }
        }
    }

    private List<Section> chosen() {
        Pattern wanted = Pattern.compile(settings.only());
        return Stream.of(new Sending(), new Carrying(), new Pieces(), new Idling())
                .filter(section -> wanted.matcher(section.name()).find())
                .toList();
    }

    /** A section that fails is a remark in the report; the others go on. */
    private void attempt(Lab lab, Section section) {
        try {
            section.run(lab);
        } catch (Exception e) {
            e.printStackTrace(out);
            lab.remarks().add(section.name() + " ended early: " + e.getMessage());
        }
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> content = Files.walk(folder)) {
                for (Path each : content.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        Files.createDirectories(folder);
    }
}
