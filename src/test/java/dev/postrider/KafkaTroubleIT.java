package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.PackagedApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** Kafka cannot be used: one line says why and what to set, and the application ends at once when it is asked to. */
class KafkaTroubleIT {

    private static final Duration SECONDS = Duration.ofSeconds(15);

    @Test
    void aHostThatIsNotKnownYetIsWaitedFor() {
        try (PackagedApplication application = launch("nowhere.invalid:9092")) {
            application.awaitOutput(
                    "Kafka: no host of kafka.bootstrap.servers=nowhere.invalid:9092 is known to the DNS");

            assertEndsSoon(application);
        }
    }

    @Test
    void anotherServerInPlaceOfABrokerStopsTheStart() throws IOException {
        try (ServerSocket smtp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread greeting = new Thread(() -> greet(smtp));
            greeting.setDaemon(true);
            greeting.start();

            try (PackagedApplication application = launch("127.0.0.1:" + smtp.getLocalPort())) {
                assertThat(application.awaitExit()).isEqualTo(1);
                assertThat(application.output())
                        .contains("postrider did not start: kafka.bootstrap.servers: what answers at 127.0.0.1:"
                                + smtp.getLocalPort() + " is no Kafka broker; it said \"220 mail.example.com ESMTP\"");
            }
        }
    }

    @Test
    void aSettingThatMakesNoConsumerStopsTheStart() {
        try (PackagedApplication application = PackagedApplication.with("postrider.smtp.host", "localhost")
                .with("postrider.smtp.port", "1")
                .with("kafka.bootstrap.servers", "127.0.0.1:1")
                .with("kafka.group.protocol", "consumer")
                .start()) {
            assertThat(application.awaitExit()).isEqualTo(1);
            assertThat(application.output())
                    .anyMatch(line -> line.contains("did not start: cannot make a Kafka client: ")
                            && line.contains("group.protocol"));
        }
    }

    @Test
    void aRefusedLogInIsToldOnce() {
        try (KafkaBroker broker = KafkaBroker.startWithLogIn();
                PackagedApplication application = PackagedApplication.with("postrider.smtp.host", "localhost")
                        .with("postrider.smtp.port", "1")
                        .with("kafka.bootstrap.servers", broker.bootstrapServers())
                        .with("kafka.security.protocol", "SASL_PLAINTEXT")
                        .with("kafka.sasl.mechanism", "PLAIN")
                        .env(
                                "KAFKA_SASL_JAAS_CONFIG",
                                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ann\""
                                        + " password=\"$wrong\";")
                        .start()) {
            application.awaitOutput("Kafka: the brokers at .* refuse us: .*; see kafka.security.protocol");
            application.awaitOutput("the line stops");

            assertEndsSoon(application);
            List<String> told = application.output().stream()
                    .filter(line -> line.contains("WARN") || line.contains("ERROR"))
                    .toList();
            assertThat(told)
                    .as("one for each part of the application that needs Kafka")
                    .hasSizeLessThan(7);
            assertThat(application.output()).noneMatch(line -> line.contains("$wrong"));
        }
    }

    @Test
    void aBrokerThatAdvertisesAnUnreachableNameIsToldWithThatName() {
        try (KafkaBroker broker = KafkaBroker.startAdvertising("nowhere.invalid:9092")) {
            makeTopic(broker);

            try (PackagedApplication application = launch(broker.bootstrapServers())) {
                application.awaitOutput(
                        "Kafka: the brokers at " + broker.bootstrapServers() + " answer, and say that they"
                                + " are to be reached at nowhere.invalid:9092, where nobody answers from here: check"
                                + " advertised.listeners");

                assertEndsSoon(application);
            }
        }
    }

    /** The first question goes to the address that is right, and makes it. */
    private static void makeTopic(KafkaBroker broker) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.partitionsFor("mail.requests");
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            // It is made all the same.
        }
    }

    private static PackagedApplication launch(String brokers) {
        return PackagedApplication.with("postrider.smtp.host", "localhost")
                .with("postrider.smtp.port", "1")
                .with("kafka.bootstrap.servers", brokers)
                .start();
    }

    private static void assertEndsSoon(PackagedApplication application) {
        Instant asked = Instant.now();
        application.terminate();
        assertThat(Duration.between(asked, Instant.now())).isLessThan(SECONDS);
    }

    private static void greet(ServerSocket smtp) {
        try {
            Socket client = smtp.accept();
            client.getOutputStream().write("220 mail.example.com ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
