package dev.postrider.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Where it was measured. */
final class Machine {

    private Machine() {}

    static String words() {
        return String.format(
                Locale.ROOT,
                "%d processors (%s), %s %s, %s",
                Runtime.getRuntime().availableProcessors(),
                processor(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                java());
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

    /** That of the senders. */
    private static String java() {
        try {
            Process process = new ProcessBuilder(BenchSettings.java().toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(10, TimeUnit.SECONDS);
            return "Java " + said.lines().findFirst().orElse("unknown");
        } catch (IOException e) {
            return "an unknown Java";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "an unknown Java";
        }
    }
}
