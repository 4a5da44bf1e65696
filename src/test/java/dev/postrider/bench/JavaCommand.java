package dev.postrider.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How Java is started: all senders alike. */
final class JavaCommand {

    /** So much as a small container would have; no peer needs more. */
    static final String HEAP = "-Xmx512m";

    private JavaCommand() {}

    /** A class of the tests, that trusts the relay. */
    static List<String> of(Path java, Path home, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                HEAP,
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Djavax.net.ssl.trustStore=" + home.resolve(BenchAuthority.STORE),
                "-Djavax.net.ssl.trustStorePassword=" + BenchAuthority.STORE_PASSWORD,
                "-classpath",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
