package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.Installation;
import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.Requests;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker goes away and comes back: what was accepted goes out, what failed is kept until it can be stored. */
class KafkaOutageIT {

    @TempDir
    Path home;

    @Test
    void aDeadLetterWaitsForTheBrokerAndNothingIsLost() {
        try (KafkaBroker broker = KafkaBroker.start();
                Installation installation = Installation.in(home)) {
            broker.createTopic("mail.requests", 1);
            broker.createTopic("mail.dead-letters", 1);
            // In one flight the hanging message would be unknown instead of refused.
            installation.relay().without("CHUNKING");
            installation.relay().hangOnceAt("RCPT TO:<nobody@example.org>");
            installation.relay().replyTo("RCPT TO:<nobody@example.org>", "550 5.1.1 no such user");
            broker.send("mail.requests", "k", Requests.to("refused", "nobody@example.org"));

            try (PackagedApplication application = installation
                    .launch()
                    .with("kafka.bootstrap.servers", broker.bootstrapServers())
                    // Storing gives up, and says so, sooner than after two minutes.
                    .with("kafka.request.timeout.ms", "5000")
                    .with("kafka.delivery.timeout.ms", "10000")
                    .start()) {
                await().until(() -> installation.relay().transcript().contains("C: RCPT TO:<nobody@example.org>"));
                broker.stop();
                installation.relay().disconnectAll(); // Now the relay answers, and there is nowhere to store it.
                application.awaitOutput("cannot tell the outcome of refused");

                broker.restart();
                IntStream.range(0, 50)
                        .forEach(n -> broker.send("mail.requests", "k", Requests.to("n" + n, "ann@example.org")));

                assertThat(broker.readAll("mail.dead-letters", 1)).hasSize(1);
                installation.relay().awaitMessages(50);
                await().untilAsserted(() -> assertThat(broker.committedOffset("postrider", "mail.requests", 0))
                        .hasValue(51));
                assertThat(broker.readAll("mail.dead-letters")).hasSize(1);
                assertThat(installation.relay().messages()).hasSize(50);
            }
        }
    }
}
