package dev.postrider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.fixture.ApplicationLaunch;
import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.KafkaInstallation;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.Requests;
import dev.postrider.fixture.SharedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A request is relayed once, however often it comes, and what became of it is told for each recipient. */
@ExtendWith(SharedBroker.class)
class SentOnceIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private KafkaBroker broker;

    @TempDir
    Path home;

    private KafkaInstallation installation;

    @BeforeEach
    void install(KafkaBroker broker, TestInfo test) {
        this.broker = broker;
        installation = KafkaInstallation.of(broker, home, test);
    }

    @AfterEach
    void remove() {
        installation.close();
    }

    @Test
    void theSameRequestAgainIsADuplicateAlsoAfterACrashAndFromTheFolder() {
        broker.createTopic(installation.requests(), 1);
        String order = Requests.to("order", "ann@example.org");
        installation.send(order);
        installation.send(order);
        try (PackagedApplication application = onTopic().start()) {
            installation.awaitCommitted(2);
            assertThat(dispositions()).containsExactly("relayed", "duplicate");
            application.kill();
        }
        installation.send(order);

        try (PackagedApplication application = onTopic()
                .with("postrider.folder.path", installation.around().spool().toString())
                .start()) {
            installation.awaitCommitted(3);
            installation.around().drop("order.json", order);
            installation.around().awaitFiles(".done", 1);

            assertThat(dispositions()).containsExactly("relayed", "duplicate", "duplicate", "duplicate");
            assertThat(installation.relay().messages()).hasSize(1);
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void anotherRequestUnderTheSameIdIsADeadLetterThatSaysSo() {
        broker.createTopic(installation.requests(), 1);
        installation.send(Requests.to("order", "ann@example.org"));
        installation.send(Requests.to("order", "bob@example.org"));

        try (PackagedApplication application = onTopic().start()) {
            installation.awaitCommitted(2);

            assertThat(installation.relay().messages()).hasSize(1);
            assertThat(broker.readAll(installation.deadLetters()))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.headers()
                                    .lastHeader("postrider-reason")
                                    .value())
                            .isEqualTo("duplicate-id".getBytes(UTF_8)));
            assertThat(dispositions()).containsExactly("relayed", "failed");
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void aRequestNobodyGotMayComeAgain() {
        broker.createTopic(installation.requests(), 1);
        installation.relay().replyOnce("RCPT TO:<ann@example.org>", "550 5.1.1 no such user");
        installation.send(Requests.to("order", "ann@example.org"));
        installation.send(Requests.to("order", "ann@example.org"));

        try (PackagedApplication application = onTopic().start()) {
            installation.awaitCommitted(2);

            assertThat(dispositions()).containsExactly("failed", "relayed");
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void everyRecipientAndAttemptHasItsOutcomeInOrder() {
        broker.createTopic(installation.requests(), 1);
        installation.relay().replyTo("RCPT TO:<nobody@example.org>", "550 5.1.1 no such user");
        installation.relay().replyOnce("RCPT TO:<busy@example.org>", "451 4.2.1 busy");
        installation.send(Requests.to("order", "ann@example.org", "nobody@example.org", "busy@example.org")
                .replace("\"text\"", "\"metadata\": {\"tenant\": \"north\"}, \"text\""));

        try (PackagedApplication application = onTopic().start()) {
            installation.relay().awaitMessages(2);
            await().untilAsserted(() -> assertThat(outcomes()).hasSize(4));

            assertThat(outcomes())
                    .extracting(event -> event.path("subject").asText() + " "
                            + event.path("data").path("disposition").asText() + " "
                            + event.path("data").path("attempt").asInt() + " "
                            + event.path("data").path("metadata").path("tenant").asText())
                    .containsExactly(
                            "ann@example.org relayed 1 north",
                            "nobody@example.org failed 1 north",
                            "busy@example.org deferred 1 north",
                            "busy@example.org relayed 2 north");
            assertThat(application.running()).isTrue();
        }
    }

    @Test
    void withoutKafkaLedgerAndOutcomesAreInTheFolder() {
        String order = Requests.to("order", "ann@example.org");
        installation.around().drop("one.json", order);
        try (PackagedApplication application =
                installation.around().launchWithFolder().start()) {
            installation.around().awaitFiles(".done", 1);
            awaitNoted();
            application.kill();
        }
        installation.around().drop("two.json", order);

        try (PackagedApplication application =
                installation.around().launchWithFolder().start()) {
            installation.around().awaitFiles(".done", 2);

            assertThat(installation.relay().messages()).hasSize(1);
            assertThat(installation.around().read("outcomes.jsonl").lines().map(SentOnceIT::disposition))
                    .containsExactly("relayed", "duplicate");
            assertThat(application.running()).isTrue();
        }
    }

    /** The ledger is written a few milliseconds after the file is put away. */
    private void awaitNoted() {
        await().until(() -> installation.around().files(".ledger").stream()
                .anyMatch(file -> !installation.around().read(".ledger/" + file).isEmpty()));
    }

    private List<JsonNode> outcomes() {
        return broker.readAll(installation.outcomes()).stream()
                .map(record -> json(new String(record.value(), UTF_8)))
                .toList();
    }

    private List<String> dispositions() {
        return outcomes().stream()
                .map(event -> event.path("data").path("disposition").asText())
                .toList();
    }

    private static String disposition(String event) {
        return json(event).path("data").path("disposition").asText();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ApplicationLaunch onTopic() {
        return installation
                .launch()
                .with("postrider.intake.in-flight", "1") // One after the other, so that the order is known.
                .with("postrider.retry.delays", "1s");
    }
}
