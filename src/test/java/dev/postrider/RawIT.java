package dev.postrider;

import static dev.postrider.fixture.KafkaBroker.header;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.ApplicationLaunch;
import dev.postrider.fixture.Installation;
import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.KafkaInstallation;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.Requests;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventSerializer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Raw messages and CloudEvents, from topic and folder to the relay, the retry, the dead letters and back. */
class RawIT {

    private static final String MESSAGE = """
            From: shop@example.com
            To: everybody (not asked)
            Date: Tue, 03 Feb 2026 04:05:06 +0000
            Message-ID:   <17@example.com>
            Content-Type: text/plain; charset=iso-8859-9

            Te\u00fe ekk\u00fcrler. \s
            .
            """.replace("\n", "\r\n");

    private static KafkaBroker broker;

    @TempDir
    Path home;

    private KafkaInstallation installation;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void install(TestInfo test) {
        installation = KafkaInstallation.of(broker, home, test);
        broker.createTopic(installation.requests(), 1);
    }

    @AfterEach
    void remove() {
        installation.close();
    }

    @Test
    void aRawRecordIsTriedAgainForWhoWasBusyAndRedrivenForWhoWasRefusedOctetForOctet() {
        installation.relay().replyOnce("RCPT TO:<busy@example.org>", "451 4.2.1 busy");
        installation.relay().replyOnce("RCPT TO:<nobody@example.org>", "550 5.1.1 no such user");
        broker.send(
                installation.requests(),
                "key",
                MESSAGE.getBytes(ISO_8859_1),
                header("Content-Type", "Message/RFC822; charset=binary"),
                header("mail-from", "bounces@example.com"),
                header("rcpt-to", "ann@example.org, busy@example.org"),
                header("rcpt-to", "nobody@example.org"),
                header("mail.smtp.starttls.enable", "false"),
                header("mail.smtp.from", "mallory@example.org"),
                header("Bcc", "mallory@example.org"),
                header("CamelMailTo", "mallory@example.org"));

        try (PackagedApplication application = launch().start()) {
            installation.relay().awaitMessages(2);
            ConsumerRecord<byte[], byte[]> letter =
                    broker.readAll(installation.deadLetters(), 1).get(0);
            assertThat(redrive()).contains("redriven 1, refused 0");
            List<ReceivedMessage> messages = installation.relay().awaitMessages(3);
            installation.awaitCommitted(3); // Past the marker that ends the transaction of the redrive.

            assertThat(messages).hasSize(3).allSatisfy(message -> {
                assertThat(new String(message.bytes(), ISO_8859_1)).isEqualTo(MESSAGE);
                assertThat(message.reversePath()).isEqualTo("bounces@example.com");
                assertThat(message.tls()).isTrue();
                assertThat(message.user()).contains(Installation.USER);
            });
            assertThat(messages.stream().map(ReceivedMessage::recipients))
                    .containsExactly(
                            List.of("ann@example.org"), List.of("busy@example.org"), List.of("nobody@example.org"));
            assertThat(new String(letter.value(), ISO_8859_1)).isEqualTo(MESSAGE);
            assertThat(KafkaInstallation.header(letter, "postrider-reason")).isEqualTo("refused");
            assertThat(KafkaInstallation.header(letter, "mail-from")).isEqualTo("bounces@example.com");
            assertThat(broker.readAll(installation.outcomes()))
                    .extracting(outcome -> new String(outcome.value(), UTF_8))
                    .hasSize(5)
                    .allMatch(outcome -> outcome.contains("\"messageId\":\"<17@example.com>\""));
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void aFileIsRelayedWithUnixLineEndsAndOneThatIsNoMessageIsDeadLetteredUntouched() {
        String message = "From: shop@example.com\nTo: ann@example.org\nBcc: bob@example.org\n\n.\nThank you.";
        String broken = "From: shop@example.com\r\nTo: ann@example.org\r\nThank you.\r\n";
        installation.around().drop("order.EML", message);
        installation.around().drop("broken.eml", broken);

        try (PackagedApplication application = launch().with(
                        "postrider.folder.path", installation.around().spool().toString())
                .start()) {
            ReceivedMessage received = installation.relay().awaitMessages(1).get(0);
            installation.around().awaitFiles(".done", 1);
            installation.around().awaitFiles("dead-letters", 2);

            assertThat(received.text()).matches("""
                            From: shop@example.com
                            To: ann@example.org
                            Date: .* \\+0000
                            Message-ID: <[0-9a-f]{40}@example.com>

                            \\.
                            Thank you\\.
                            """.replace("\n", "\r\n"));
            assertThat(received.recipients()).containsExactly("ann@example.org", "bob@example.org");
            assertThat(installation.around().read("dead-letters/broken.eml")).isEqualTo(broken);
            assertThat(installation.around().read("dead-letters/broken.eml.failure.json"))
                    .contains("\"reason\" : \"invalid-request\"", "line 3: neither a header field");
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void eventsOfTheSdkAreRelayedOnceEachInBothModes() throws Exception {
        byte[] request =
                Requests.to("", "ann@example.org").replace("\"id\": \"\",", "").getBytes(UTF_8);
        byte[] message = "From: shop@example.com\r\nTo: bob@example.org\r\nSubject: Order raw\r\n\r\n".getBytes(UTF_8);
        produce(Encoding.BINARY, event("e-1", "application/json", request));
        produce(Encoding.BINARY, event("e-1", "application/json", request));
        produce(Encoding.STRUCTURED, event("e-2", "application/json", request));
        produce(Encoding.STRUCTURED, event("e-3", "message/rfc822", message));
        produce(Encoding.BINARY, event("e-4", "text/xml", message));

        try (PackagedApplication application = launch().start()) {
            installation.awaitCommitted(5);

            assertThat(installation.relay().messages())
                    .flatExtracting(ReceivedMessage::recipients)
                    .containsExactlyInAnyOrder("ann@example.org", "ann@example.org", "bob@example.org");
            assertThat(broker.readAll(installation.outcomes()))
                    .extracting(outcome -> new String(outcome.key(), UTF_8) + " "
                            + new String(outcome.value(), UTF_8)
                                    .replaceAll("(?s).*\"disposition\":\"([a-z]+)\".*", "$1"))
                    .containsExactlyInAnyOrder(
                            "e-1 relayed",
                            "e-1 duplicate",
                            "e-2 relayed",
                            "e-3 relayed",
                            installation.requests() + "-0-4 failed");
            assertThat(KafkaInstallation.header(
                            broker.readAll(installation.deadLetters()).get(0), "postrider-detail"))
                    .contains("datacontenttype");
            assertThat(application.running()).isTrue();
        }
    }

    private ApplicationLaunch launch() {
        return installation.launch().with("postrider.retry.delays", "1s,1h");
    }

    private List<String> redrive() {
        String id = installation.requests() + "-0-0";
        try (PackagedApplication command = installation
                .launch()
                .arguments("redrive", "run", "--id", id, "--yes")
                .start()) {
            command.awaitExit();
            return command.output();
        }
    }

    private static CloudEvent event(String id, String type, byte[] data) {
        return CloudEventBuilder.v1()
                .withId(id)
                .withSource(URI.create("/shop"))
                .withType("com.example.order.shipped")
                .withData(type, data)
                .build();
    }

    private void produce(Encoding mode, CloudEvent event) throws Exception {
        CloudEventSerializer serializer = new CloudEventSerializer();
        serializer.configure(
                Map.of(
                        CloudEventSerializer.ENCODING_CONFIG,
                        mode,
                        CloudEventSerializer.EVENT_FORMAT_CONFIG,
                        JsonFormat.CONTENT_TYPE),
                false);
        try (KafkaProducer<byte[], CloudEvent> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()), new ByteArraySerializer(), serializer)) {
            producer.send(new ProducerRecord<>(installation.requests(), event)).get(60, TimeUnit.SECONDS);
        }
    }
}
