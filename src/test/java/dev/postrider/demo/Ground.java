package dev.postrider.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** What has to be so before anything starts. */
final class Ground {

    /** Kafka's files, the log, and some to spare. */
    private static final long ROOM_MB = 200;

    private static final Duration FOR_THE_LAST_ONE = Duration.ofSeconds(8);

    private Ground() {}

    /** @throws CannotGoOn naming the first thing that is not so */
    static void check(DemoSettings settings) throws IOException {
        if (!Files.exists(Path.of("target/quarkus-app/quarkus-run.jar"))) {
            throw new CannotGoOn("target/quarkus-app is not there: start the demo with mvn -q -Pdemo, which builds it");
        }
        portIsFree(settings.kafkaPort(), "Kafka", "demo.kafka.port");
        portIsFree(settings.relayPort(), "the relay", "demo.relay.port");
        portIsFree(settings.httpPort(), "health and metrics", "demo.http.port");
        Files.createDirectories(settings.folder());
        hasRoom(settings.folder());
        hasRoom(Path.of(System.getProperty("java.io.tmpdir"))); // Kafka's.
    }

    /** A demo that was just ended lets go of its ports a moment later. */
    private static void portIsFree(int port, String use, String key) {
        for (long end = System.nanoTime() + FOR_THE_LAST_ONE.toNanos(); !isFree(port); ) {
            if (System.nanoTime() > end) {
                throw new CannotGoOn("port " + port + ", meant for " + use + ", is in use: end what uses it (another"
                        + " demo?), or take another port: mvn -q -Pdemo -D" + key + "=" + (port + 1));
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static void hasRoom(Path folder) throws IOException {
        long left = Files.getFileStore(folder).getUsableSpace() >> 20;
        if (left < ROOM_MB) {
            throw new CannotGoOn(
                    "no room: " + left + " MB left on the disk of " + folder + ", and the demo wants " + ROOM_MB);
        }
    }
}
