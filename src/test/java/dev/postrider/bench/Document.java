package dev.postrider.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The report: prose of people, with parts between markers that are written by the benchmark. What it did not measure
 * this time stays as it was.
 */
final class Document {

    private static final Path TEMPLATE = Path.of("docs", "performance.md");

    private final Path folder;

    /** @param folder where it is written, with its plots */
    Document(Path folder) {
        this.folder = folder;
    }

    Path file() {
        return folder.resolve(TEMPLATE.getFileName());
    }

    /** Puts the text in the place of what stands between the markers of the part. */
    void replace(String part, String text) throws IOException {
        Files.createDirectories(folder);
        String now = Files.readString(Files.exists(file()) ? file() : TEMPLATE);
        String begin = "<!-- measured: " + part + " -->\n";
        String end = "<!-- end of " + part + " -->";
        int from = now.indexOf(begin);
        int to = now.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(file() + " has no part " + begin.strip());
        }
        Files.writeString(
                file(), now.substring(0, from + begin.length()) + "\n" + text.strip() + "\n\n" + now.substring(to));
    }

    void plot(String name, Plot plot) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name), plot.svg());
    }
}
