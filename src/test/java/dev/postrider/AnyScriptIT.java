package dev.postrider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.KafkaInstallation;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.ReceivedMessage;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Addresses in any script, and reports on the delivery, from topic and folder to the relay, the dead letters and back. */
class AnyScriptIT {

    private static final String AYSE = "ayşe.ünal@örnek.example";
    private static final String AYSE_ON_THE_LINE = "ayşe.ünal@xn--rnek-4qa.example";

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
    void aRelayThatTakesThemGetsThemFromTopicAndFolder() {
        String raw = """
            From: shop@example.com
            To: 葉子 <葉子@例え.example>
            Date: Tue, 03 Feb 2026 04:05:06 +0000
            Message-ID: <17@example.com>
            Subject: 請求書

            """.replace("\n", "\r\n");
        installation.relay().extension("DSN");
        installation.send(request("order-17"));
        installation.around().drop("yoko.eml", raw);
        installation.around().drop("order-18.json", request("order-18"));

        try (PackagedApplication application = installation
                .launch()
                .with("postrider.folder.path", installation.around().spool().toString())
                .start()) {
            List<ReceivedMessage> messages = installation.relay().awaitMessages(3);
            installation.around().awaitFiles(".done", 2);
            installation.awaitCommitted(1);

            assertThat(messages)
                    .extracting(ReceivedMessage::text)
                    .contains(raw)
                    .filteredOn(text -> !text.equals(raw))
                    .hasSize(2)
                    .allMatch(text -> text.contains("To: ada@example.org, " + AYSE_ON_THE_LINE));
            assertThat(installation.relay().transcript())
                    .contains(
                            "C: RCPT TO:<葉子@xn--r8jz45g.example>",
                            "C: RCPT TO:<" + AYSE_ON_THE_LINE + "> NOTIFY=SUCCESS,FAILURE"
                                    + " ORCPT=utf-8;ay\\x{15F}e.\\x{FC}nal@xn--rnek-4qa.example")
                    .anyMatch(line -> line.startsWith("C: MAIL FROM:<shop@example.com>")
                            && line.endsWith(" BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=order-17"))
                    .anyMatch(line -> line.startsWith("C: MAIL FROM:<shop@example.com>")
                            && line.endsWith(" BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=order-18"));
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void whoCannotBeNamedIsADeadLetterAloneUntilTheRelayCanNameThem() {
        installation.relay().without("SMTPUTF8");
        installation.send(request("order-17"));

        try (PackagedApplication application = installation.launch().start()) {
            ReceivedMessage first = installation.relay().awaitMessages(1).get(0);
            ConsumerRecord<byte[], byte[]> letter =
                    broker.readAll(installation.deadLetters(), 1).get(0);

            assertThat(first.recipients()).containsExactly("ada@example.org");
            assertThat(first.text()).doesNotContain("ayşe").contains("=?UTF-8?Q?ay=C5=9Fe=2E=C3=BCnal");
            assertThat(KafkaInstallation.header(letter, "postrider-remaining-recipients"))
                    .isEqualTo(AYSE_ON_THE_LINE);
            assertThat(KafkaInstallation.header(letter, "postrider-enhanced-code"))
                    .isEqualTo("5.6.7");

            installation.relay().extension("SMTPUTF8").disconnectAll();
            redrive();
            ReceivedMessage second = installation.relay().awaitMessages(2).get(1);
            installation.awaitCommitted(3); // Past the marker that ends the transaction of the redrive.

            assertThat(second.recipients()).containsExactly(AYSE_ON_THE_LINE);
            assertThat(second.text()).contains("To: ada@example.org, " + AYSE_ON_THE_LINE);
            assertThat(broker.readAll(installation.outcomes()))
                    .extracting(outcome -> new String(outcome.value(), UTF_8))
                    .filteredOn(outcome -> outcome.contains("\"recipient\":\"" + AYSE_ON_THE_LINE + "\""))
                    .extracting(outcome -> outcome.replaceAll("(?s).*\"disposition\":\"([a-z]+)\".*", "$1"))
                    .containsExactly("failed", "relayed");
            assertThat(application.running()).isTrue();
        }
    }

    private void redrive() {
        try (PackagedApplication command = installation
                .launch()
                .arguments(
                        "redrive",
                        "run",
                        "--enhanced-code",
                        "5.6.7",
                        "--recipient-domain",
                        "xn--rnek-4qa.example",
                        "--yes")
                .start()) {
            command.awaitExit();
            assertThat(command.output()).contains("redriven 1, refused 0");
        }
    }

    private static String request(String id) {
        return """
                {"id": "%s", "from": "Shop <shop@example.com>", "to": ["ada@example.org", "%s"], "subject": "Sipariş",
                 "text": "Teşekkürler", "dsn": {"notify": ["success", "failure"], "return": "headers"}}
                """.formatted(id, AYSE);
    }
}
