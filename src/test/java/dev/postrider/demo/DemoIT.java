package dev.postrider.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.Patience;
import dev.postrider.fixture.Readme;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, apart from Maven: the demo as a process of its own, on free ports. */
class DemoIT {

    private static final Readme README = Readme.read();
    private static final Duration PATIENCE = Patience.ONE_MINUTE.multipliedBy(2);

    @TempDir
    private Path home;

    private Optional<Process> running = Optional.empty();

    @AfterEach
    void end() throws InterruptedException {
        if (running.isPresent()) {
            running.get().destroy();
            running.get().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void theTourPrintsWhatTheReadmeShows() throws Exception {
        Process demo = start("-Ddemo.exit=true");

        assertThat(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(withoutPlaces(output())).isEqualTo(withoutPlaces(shownInReadme()));
        assertThat(demo.exitValue()).isZero();
    }

    @Test
    void afterTheTourItStaysUpAndShowsWhatPeopleSend() throws Exception {
        Process demo = start();
        awaitOutput("nobody@... is refused for good");

        String place = new Readme(command("produce", "requests/hello.json"))
                .all("mail.requests-0@[0-9]+")
                .get(0);
        awaitOutput(place + ": (no id) for ada@example.org");

        Files.createLink(folder().resolve("spool/inbox/hello.json"), folder().resolve("requests/hello.json"));
        awaitOutput("put away      .done/hello.json");

        assertThat(command("dead-letters"))
                .contains("postrider-reason: refused", "postrider-source-offset: 2", "\"id\": \"reminder-7\"");
        assertThat(namesOfHeaders(command("dead-letters"))).containsExactlyInAnyOrderElementsOf(headersInReadme());
        assertThat(Set.copyOf(new Readme(metrics()).all("(?m)^postrider(?:_[a-z]+)+")))
                .isEqualTo(Set.copyOf(README.section("Health and metrics").all("postrider(?:_[a-z]+)+")));
        assertThat(metrics()).doesNotContainPattern("# HELP postrider\\S* *\n");
        assertThat(folder().resolve("relay/0002.eml")).content().contains("filename=\"items.csv\"");

        demo.descendants().forEach(ProcessHandle::destroyForcibly);
        awaitOutput("started       Postrider, process");
        assertThat(command("outcomes")).contains("\"disposition\":\"duplicate\"");

        List<ProcessHandle> application = demo.descendants().toList();
        demo.destroy();
        assertThat(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(application).isNotEmpty();
        await().atMost(PATIENCE).until(() -> application.stream().noneMatch(DemoIT::runs));
    }

    /** One that has ended and that nobody has collected yet has no command any more. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    @Test
    void aPortInUseIsToldInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process demo = start("-Ddemo.relay.port=" + taken.getLocalPort());

            assertThat(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

            assertThat(output().strip().lines())
                    .singleElement()
                    .asString()
                    .startsWith("port " + taken.getLocalPort() + ", meant for the relay, is in use");
            assertThat(demo.exitValue()).isEqualTo(3);
        }
    }

    private Path folder() {
        return home.resolve("demo");
    }

    private Process start(String... properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Ddemo.kafka.port=0",
                "-Ddemo.relay.port=0",
                "-Ddemo.http.port=0",
                "-Ddemo.folder=" + folder()));
        // What PackagedApplication is to start.
        Stream.of("native.executable", "app.java.home")
                .filter(key -> System.getProperty(key) != null)
                .forEach(key -> command.add("-D" + key + "=" + System.getProperty(key)));
        command.addAll(List.of(properties));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Demo.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile())
                .start();
        running = Optional.of(process);
        return process;
    }

    /** Runs one of the commands the demo offers, as a person would, and returns what it prints. */
    private String command(String name, String... files) throws Exception {
        List<String> command = new ArrayList<>(List.of(java(), "@" + folder().resolve(name)));
        Stream.of(files).map(file -> folder().resolve(file).toString()).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private void awaitOutput(String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(output()).contains(text));
    }

    private String output() throws IOException {
        return Files.readString(home.resolve("output"));
    }

    private static String shownInReadme() {
        return README.section("See it work").blocks("text").get(0);
    }

    private static Set<String> namesOfHeaders(String deadLetters) {
        return Set.copyOf(new Readme(deadLetters).all("(?m)^  (postrider-[a-z-]+): "));
    }

    /** But for the one of records too large for the topic. */
    private static List<String> headersInReadme() {
        return README.section("Dead letters").termsOfTables().stream()
                .filter(name ->
                        !Set.of("postrider-content", "postrider-shortened").contains(name))
                .toList();
    }

    private String metrics() throws Exception {
        String port = new Readme(output()).all("Postrider  localhost:([0-9]+)").get(0);
        URI address = URI.create("http://localhost:" + port + "/q/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String withoutPlaces(String text) {
        return text.replaceAll("localhost:[0-9]+", "localhost:PORT")
                .replaceAll("cd \\S+ && java -jar \\S+", "cd FOLDER && java -jar JAR")
                .strip();
    }
}
