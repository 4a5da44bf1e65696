package dev.postrider.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Postfix of our own that hands everything on to the relay, with sessions it keeps; in a folder of its own. Runs as root. */
final class Postfix {

    private static final Path PROGRAM = Path.of("/usr/sbin/postfix");
    private static final long PATIENCE_SECONDS = 30;

    private static final String MASTER = """
            127.0.0.1:%d inet n - n - - smtpd
            cleanup   unix  n - n -     0 cleanup
            qmgr      unix  n - n 300   1 qmgr
            tlsmgr    unix  - - n 1000? 1 tlsmgr
            tlsproxy  unix  - - n -     0 tlsproxy
            rewrite   unix  - - n -     - trivial-rewrite
            bounce    unix  - - n -     0 bounce
            defer     unix  - - n -     0 bounce
            trace     unix  - - n -     0 bounce
            proxymap  unix  - - n -     - proxymap
            smtp      unix  - - n -     - smtp
            error     unix  - - n -     - error
            retry     unix  - - n -     - error
            scache    unix  - - n -     1 scache
            pickup    unix  n - n 60    1 pickup
            anvil     unix  - - n -     1 anvil
            postlog   unix-dgram n - n - 1 postlogd
            """;

    private static final String MAIN = """
            compatibility_level = 3.6
            queue_directory = ROOT/queue
            data_directory = ROOT/data
            maillog_file = ROOT/data/log
            maillog_file_prefixes = ROOT
            myhostname = queue.bench
            mydestination =
            inet_interfaces = loopback-only
            inet_protocols = ipv4
            alias_maps =
            smtpd_relay_restrictions = permit_mynetworks, reject
            defer_transports = smtp
            relayhost = [127.0.0.1]:RELAY
            smtp_tls_security_level = encrypt
            smtp_tls_connection_reuse = yes
            smtp_sasl_auth_enable = yes
            smtp_sasl_security_options = noanonymous
            smtp_sasl_password_maps = inline:{ { [127.0.0.1]:RELAY = USER:PASSWORD } }
            smtp_connection_cache_on_demand = yes
            smtp_connection_reuse_time_limit = 3600s
            smtp_destination_concurrency_limit = SESSIONS
            initial_destination_concurrency = SESSIONS
            max_use = 1000000
            max_idle = 3600s
            """;

    private final Path root;
    private final int port;
    private final Process master;

    private Postfix(Path root, int port, Process master) {
        this.root = root;
        this.port = port;
        this.master = master;
    }

    /** What is in the way of running one here; empty when nothing is. */
    static Optional<String> missing() {
        if (!Files.isExecutable(PROGRAM)) {
            return Optional.of("not installed");
        }
        return System.getProperty("user.name").equals("root")
                ? Optional.empty()
                : Optional.of("has to be started by root");
    }

    static Postfix start(Path root, int relay, int sessions) throws IOException {
        for (String name : List.of("queue", "data", "config")) {
            Files.createDirectories(root.resolve(name));
        }
        // Its daemons are not root.
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setOwner(
                root.resolve("data"),
                root.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
        int port = Ports.free();
        Files.writeString(
                root.resolve("config/main.cf"),
                MAIN.replace("ROOT", root.toString())
                        .replace("RELAY", Integer.toString(relay))
                        .replace("SESSIONS", Integer.toString(sessions))
                        .replace("USER", Client.USER)
                        .replace("PASSWORD", Client.PASSWORD));
        Files.writeString(root.resolve("config/master.cf"), MASTER.formatted(port));
        Process master = new ProcessBuilder(command(root, PROGRAM, "start-fg"))
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("start.log").toFile())
                .start();
        return new Postfix(root, port, master);
    }

    int port() {
        return port;
    }

    /** How many messages are put off until {@link #release}. */
    long waiting() throws IOException {
        return count(root.resolve("queue/deferred"));
    }

    /** Keeps what comes in from now on. */
    void hold() throws IOException {
        setAndReload("defer_transports=smtp");
    }

    /** Lets everything go. */
    void release() throws IOException {
        setAndReload("defer_transports=");
        run(Path.of("/usr/sbin/postqueue"), "-f");
    }

    void stop() {
        try {
            run(PROGRAM, "stop");
            if (!master.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                master.destroyForcibly();
            }
        } catch (IOException e) {
            master.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            master.destroyForcibly();
        }
    }

    private void setAndReload(String setting) throws IOException {
        run(Path.of("/usr/sbin/postconf"), "-e", setting);
        run(PROGRAM, "reload");
    }

    private static long count(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private void run(Path program, String... arguments) throws IOException {
        Process process = new ProcessBuilder(command(root, program, arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        root.resolve("start.log").toFile()))
                .start();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static List<String> command(Path root, Path program, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(program.toString(), "-c", root.resolve("config").toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
