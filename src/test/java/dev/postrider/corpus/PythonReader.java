package dev.postrider.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;

/** Reads messages with Python's package {@code email}, which has two ways to do it. */
public final class PythonReader {

    static final Pattern LEFT_OUT =
            Pattern.compile("content-.*|dkim-signature|return-path|received|(x-original|delivered)-to");

    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private PythonReader() {}

    /**
     * What the two policies make of a message: {@code default} parses by RFC 5322, {@code compat32} is older, and decodes
     * header fields with code of its own.
     */
    public record Readings(Reading modern, Reading old) {}

    /** Skips a test where there is no Python; with {@code -Dpython.required=true} fails it. */
    public static void require() {
        if (!Files.isExecutable(PYTHON)) {
            if (Boolean.getBoolean("python.required")) {
                throw new AssertionError("there is no " + PYTHON);
            }
            throw new TestAbortedException("there is no " + PYTHON);
        }
    }

    /**
     * @param folder for files
     * @return in the order of the messages
     */
    public static List<Readings> read(Path folder, List<byte[]> messages) throws IOException, InterruptedException {
        Path script = folder.resolve("reading.py");
        try (InputStream in = PythonReader.class.getResourceAsStream("reading.py")) {
            Files.copy(in, script);
        }
        List<String> command = new ArrayList<>(List.of(PYTHON.toString(), script.toString(), LEFT_OUT.pattern()));
        for (int i = 0; i < messages.size(); i++) {
            command.add(
                    Files.write(folder.resolve("message-" + i), messages.get(i)).toString());
        }
        Path errors = folder.resolve("errors");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        ObjectMapper json = new ObjectMapper();
        List<Readings> readings = new ArrayList<>();
        // Not lines(): a string may hold what that takes for the end of a line.
        for (String line : new String(process.getInputStream().readAllBytes(), UTF_8).split("\n")) {
            readings.add(json.readValue(line, Readings.class));
        }
        if (process.waitFor() != 0 || readings.size() != messages.size()) {
            throw new AssertionError("Python read " + readings.size() + " of " + messages.size() + " messages: "
                    + Files.readString(errors));
        }
        return readings;
    }
}
