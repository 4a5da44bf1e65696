package dev.postrider.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged application in a process of its own, as a user runs it; what it prints goes to a file. Used by one thread. */
final class Application implements AutoCloseable {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Pattern LISTENING = Pattern.compile("Listening on: https?://[^ ]*:([0-9]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private Application(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it, and returns when it says that it is ready. */
    static Application start(Path folder, List<String> options, Map<String, String> settings) throws Exception {
        Files.createDirectories(folder);
        Path log = folder.resolve("application.log");
        List<String> command = new ArrayList<>(List.of(BenchSettings.java().toString()));
        command.addAll(options);
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-jar");
        command.add(JAR.toAbsolutePath().toString());
        Application application = new Application(
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
        try {
            Waiting.until("the application is ready, see " + log, PATIENCE, application::ready);
        } catch (Exception e) {
            application.close();
            throw e;
        }
        return application;
    }

    /** For this relay; sources have to be added. */
    static Map<String, String> settings(int relayPort, int sessions, Path home) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", "0");
        settings.put("postrider.smtp.host", Client.HOST);
        settings.put("postrider.smtp.port", Integer.toString(relayPort));
        settings.put(
                "postrider.smtp.trust-certificates",
                home.resolve(BenchAuthority.PEM).toString());
        settings.put("postrider.smtp.username", Client.USER);
        settings.put("postrider.smtp.password", Client.PASSWORD);
        settings.put("postrider.smtp.pool.size", Integer.toString(sessions));
        // The peers keep theirs as long as it lasts.
        settings.put("postrider.smtp.pool.max-transactions", "1000000000");
        return settings;
    }

    Usage usage() {
        return Usage.of(process.toHandle());
    }

    /** Bytes of the heap in use, as its own meters tell. */
    double heap() {
        return meters().lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes") && line.contains("area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private String meters() {
        try {
            return get("/q/metrics").body();
        } catch (IOException e) {
            return "";
        }
    }

    private boolean ready() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the application has ended, see " + log);
        }
        return port() > 0 && get("/q/health/ready").statusCode() == 200;
    }

    private int port() throws IOException {
        Matcher found = LISTENING.matcher(Files.readString(log));
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** In good order. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
