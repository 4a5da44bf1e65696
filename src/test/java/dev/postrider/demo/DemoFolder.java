package dev.postrider.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder the demo works in, which people may look around in:
 *
 * <pre>
 * config/application.properties   what the application is told, as an operator would
 * requests/                       the requests of the tour, to send again or to change
 * spool/                          the watched folder
 * relay/                          what the relay was given, as .eml files
 * produce, outcomes, dead-letters Java argument files: commands for people without Kafka tools
 * postrider.log                   the application's log
 * </pre>
 */
record DemoFolder(Path path) {

    private static final List<String> REQUESTS = List.of(
            "order.json",
            "invoice.json",
            "reminder.json",
            "misspelt.json",
            "cut-off.json",
            "receipt.json",
            "hello.json");
    private static final Path TEMPLATES = Path.of("config/templates");
    private static final Path APPLICATION = Path.of("target/quarkus-app/quarkus-run.jar");

    Path spool() {
        return path.resolve("spool");
    }

    Path request(String name) {
        return path.resolve("requests").resolve(name);
    }

    /** Of the run before nothing is left but what people put there themselves. */
    void prepare() throws IOException {
        remove(spool());
        remove(path.resolve("relay"));
        Files.deleteIfExists(path.resolve("postrider.log"));
        Files.createDirectories(path.resolve("relay"));
        Files.createDirectories(path.resolve("requests"));
        for (String name : REQUESTS) {
            try (InputStream request = DemoFolder.class.getResourceAsStream("requests/" + name)) {
                Files.copy(request, request(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    void writeSettings(int kafkaPort, int relayPort, String user, String password, String authority)
            throws IOException {
        Files.writeString(path.resolve("relay-ca.pem"), authority);
        Files.createDirectories(path.resolve("config"));
        Files.writeString(path.resolve("config/application.properties"), """
                # What the demo tells Postrider. Every setting there is: config/application.properties of the repository.
                kafka.bootstrap.servers=localhost:%d
                postrider.folder.path=spool
                # Those of a day would be: 1m,5m,30m,2h,6h,12h,24h
                postrider.retry.delays=3s,10s
                postrider.templates.folder=%s
                postrider.smtp.host=localhost
                postrider.smtp.port=%d
                postrider.smtp.trust-certificates=relay-ca.pem
                postrider.smtp.username=%s
                postrider.smtp.password=%s
                quarkus.log.file.enabled=true
                quarkus.log.file.path=postrider.log
                quarkus.log.file.rotation.rotate-on-boot=false
                """.formatted(
                        kafkaPort, TEMPLATES.toAbsolutePath(), relayPort, user, password));
    }

    /** {@code java @target/demo/produce request.json} */
    void writeCommands(String bootstrapServers) throws IOException {
        writeCommand("produce", Produce.class, bootstrapServers, Peers.REQUESTS);
        writeCommand("outcomes", PrintTopic.class, bootstrapServers, Peers.OUTCOMES);
        writeCommand("dead-letters", PrintTopic.class, bootstrapServers, Peers.DEAD_LETTERS);
    }

    /** As a person has to say it who is where the demo was started: the settings are those of the working directory. */
    String commandLine(String... arguments) {
        Path jar = path.toAbsolutePath().relativize(APPLICATION.toAbsolutePath());
        return "(cd " + path + " && java -jar " + jar + " " + String.join(" ", arguments) + ")";
    }

    private void writeCommand(String name, Class<?> main, String bootstrapServers, String topic) throws IOException {
        Files.writeString(path.resolve(name), """
                -XX:TieredStopAtLevel=1
                -Djava.util.logging.manager=org.jboss.logmanager.LogManager
                -Ddemo.bootstrap.servers=%s
                -Ddemo.topic=%s
                -cp "%s"
                %s
                """.formatted(
                bootstrapServers, topic, System.getProperty("java.class.path").replace("\\", "\\\\"), main.getName()));
    }

    /** The documented way: written elsewhere on the same disk, then renamed into the inbox, so that it is there whole. */
    void drop(String name) throws IOException {
        Path written =
                Files.copy(request(name), path.resolve("requests/." + name), StandardCopyOption.REPLACE_EXISTING);
        Files.move(written, spool().resolve("inbox").resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Keeps what the relay was given. */
    void keep(int number, byte[] message) throws IOException {
        Files.write(path.resolve("relay").resolve(String.format("%04d.eml", number)), message);
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> content = Files.walk(folder)) {
                for (Path each : content.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
