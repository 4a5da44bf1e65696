package dev.postrider.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.openjdk.jmh.generators.core.BenchmarkGenerator;
import org.openjdk.jmh.generators.core.FileSystemDestination;
import org.openjdk.jmh.generators.reflection.RFGeneratorSource;

/** {@link SmallPieces}, measured by JMH. What JMH needs generated is generated and compiled now, so that no build has to. */
final class Pieces implements Section {

    private static final long PATIENCE_SECONDS = 300;

    private final List<String> rows = new ArrayList<>();

    @Override
    public String name() {
        return "pieces";
    }

    @Override
    public void run(Lab lab) throws Exception {
        Path folder = Files.createDirectories(lab.home().resolve("jmh"));
        generate(folder);
        Path found = folder.resolve("found.json");
        runJmh(lab, folder, found);
        for (JsonNode piece : new ObjectMapper().readTree(found.toFile())) {
            String path = piece.get("benchmark").asText();
            String name = path.substring(path.lastIndexOf('.') + 1);
            double micros = piece.at("/primaryMetric/score").asDouble();
            lab.results().piece(name, micros);
            rows.add(String.format(Locale.ROOT, "| %s | %.1f | %.1f |", name, micros, allocated(piece)));
        }
        rows.forEach(lab.out()::println);
    }

    /** KB an operation; JMH's profiler has a dot in front of the name on old versions. */
    private static double allocated(JsonNode piece) {
        JsonNode metrics = piece.get("secondaryMetrics");
        JsonNode found = metrics.has("gc.alloc.rate.norm")
                ? metrics.get("gc.alloc.rate.norm")
                : metrics.path("·gc.alloc.rate.norm");
        return found.path("score").asDouble() / 1024;
    }

    private static void generate(Path folder) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        RFGeneratorSource source = new RFGeneratorSource();
        source.processClasses(SmallPieces.class);
        FileSystemDestination destination = new FileSystemDestination(classes.toFile(), sources.toFile());
        BenchmarkGenerator generator = new BenchmarkGenerator();
        generator.generate(source, destination);
        generator.complete(source, destination);
        if (destination.hasErrors()) {
            throw new IOException("JMH: " + destination.getErrors());
        }
        List<String> compile = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toString)
                    .forEach(compile::add);
        }
        if (ToolProvider.getSystemJavaCompiler()
                        .run(null, OutputStream.nullOutputStream(), null, compile.toArray(String[]::new))
                != 0) {
            throw new IOException("what JMH has generated did not compile");
        }
    }

    private static void runJmh(Lab lab, Path folder, Path found) throws IOException, InterruptedException {
        String time = lab.settings().quick() ? "300ms" : "1s";
        Process jmh = new ProcessBuilder(
                        BenchSettings.java().toString(),
                        "-classpath",
                        folder.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path"),
                        "org.openjdk.jmh.Main",
                        SmallPieces.class.getSimpleName(),
                        "-f",
                        "1",
                        "-wi",
                        "3",
                        "-i",
                        "3",
                        "-w",
                        time,
                        "-r",
                        time,
                        "-prof",
                        "gc",
                        "-rf",
                        "json",
                        "-rff",
                        found.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("jmh.log").toFile())
                .start();
        if (!jmh.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || jmh.exitValue() != 0) {
            jmh.destroyForcibly();
            throw new IOException("JMH failed, see " + folder.resolve("jmh.log"));
        }
    }

    @Override
    public String report(Lab lab) {
        return rows.isEmpty()
                ? ""
                : "### The small pieces\n\nOne thread, 2 KB.\n\n| | µs | KB allocated |\n|---|--:|--:|\n"
                        + String.join("\n", rows)
                        + "\n";
    }
}
