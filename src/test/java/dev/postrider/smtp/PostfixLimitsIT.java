package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.delivery.Disposition;
import dev.postrider.fixture.PostfixRelay;
import dev.postrider.fixture.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Postfix, with its limits as they are by default. It takes its time: after ten errors each one costs a second. */
class PostfixLimitsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private Path folder;

    @BeforeAll
    static void postfixCanRun() {
        PostfixRelay.require();
    }

    @Test
    void goodRecipientsAmongManyUnknownOnesGetTheMessage() throws Exception {
        List<String> good = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            String address = (i % 8 == 7 ? "good-" : "nobody-") + i + "@example.org";
            all.add(address);
            if (i % 8 == 7) {
                good.add(address);
            }
        }
        TestAuthority authority = TestAuthority.create();
        try (var postfix = PostfixRelay.start(authority.issue("localhost"), "orders", "s3cr3t!", good);
                var engine = Engine.open(new SmtpSettings()
                        .trustCertificates(authority.writePem(folder.resolve("ca.pem")))
                        .port(postfix.port())
                        .login("orders", "s3cr3t!")
                        .readTimeout(PATIENCE)
                        .transactionDeadline(PATIENCE))) {
            CompletableFuture<TransactionReport> later =
                    engine.sendLater(Letter.to("order-1", all.toArray(String[]::new)));

            TransactionReport report = later.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            assertThat(report.relayed()).extracting(RecipientReport::recipient).containsExactlyElementsOf(good);
            assertThat(report.notRelayed()).hasSize(70).allSatisfy(recipient -> {
                assertThat(Disposition.of(recipient)).isEqualTo(Disposition.FAILED);
                assertThat(recipient.reply().toString()).startsWith("550 5.1.1 <" + recipient.recipient() + ">");
            });
            for (String each : good) {
                assertThat(postfix.awaitMail(each, 1)).hasSize(1);
            }
        }
    }
}
