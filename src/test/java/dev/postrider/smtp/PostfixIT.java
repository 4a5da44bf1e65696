package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.fixture.ApplicationLaunch;
import dev.postrider.fixture.DkimKey;
import dev.postrider.fixture.DkimVerifiers;
import dev.postrider.fixture.DkimVerifiers.Verdict;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.PostfixRelay;
import dev.postrider.fixture.TestAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application hands mail to a real Postfix. Where that cannot run the test is skipped, or with {@code
 * -Dpostfix.required=true} fails.
 */
class PostfixIT {

    private static final List<String> MAILBOXES = List.of("ann@example.org", "bob@example.org", "carol@example.org");
    private static final byte[] TERMS = "%PDF-1.4\n\u0000\u00ff\r\n.\r\n".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    private Path folder;

    @BeforeAll
    static void postfixCanRun() {
        PostfixRelay.require();
    }

    @Test
    void whatIsPutInTheInboxIsInTheMailboxes() throws Exception {
        DkimVerifiers.require();
        TestAuthority authority = TestAuthority.create();
        DkimKey rsa = DkimKey.rsa("example.com", "r2026", 2048);
        DkimKey ed25519 = DkimKey.ed25519("example.com", "e2026");
        try (var postfix = PostfixRelay.start(authority.issue("localhost"), "orders", "s3cr3t!", MAILBOXES);
                var application = launch(postfix, authority)
                        .with(
                                "postrider.dkim.domains.\"example.com\".keys.r2026",
                                rsa.write(folder).toString())
                        .with(
                                "postrider.dkim.domains.\"example.com\".keys.e2026",
                                ed25519.write(folder).toString())
                        .start()) {
            application.awaitReady();

            put("order-1.json", ORDER);
            put("order-1-again.json", ORDER);
            put("order-2.json", PARTLY_UNKNOWN);
            for (int i = 1; i <= 20; i++) {
                put("notice-" + i + ".json", NOTICE.formatted(i, i));
            }

            await().untilAsserted(() -> {
                assertThat(names("inbox")).isEmpty();
                assertThat(names(".work")).isEmpty();
            });
            assertThat(parsed(postfix.awaitMail("ann@example.org", 2))).hasSize(2);
            assertThat(parsed(postfix.awaitMail("bob@example.org", 21)))
                    .hasSize(21)
                    .extracting(Message::getMessageId)
                    .as("20 notices, and once the order that came twice")
                    .doesNotContainNull()
                    .doesNotHaveDuplicates();
            assertThat(parsed(postfix.awaitMail("carol@example.org", 1))).hasSize(1);

            theOrderIsWhatWasAskedFor(postfix);
            theUnknownRecipientIsADeadLetterAndNobodyElse();
            theSignaturesAreGood(postfix, new DkimVerifiers(folder, rsa, ed25519));
            assertThat(names(".done")).hasSize(22).doesNotContain("order-2.json");
        }
    }

    @Test
    void addressesInUtf8AreTakenAndWhatIsAskedForIsReported() throws Exception {
        TestAuthority authority = TestAuthority.create();
        List<String> mailboxes = List.of("ayşe@example.org", "bob@example.org", "bounces@example.org");
        try (var postfix = PostfixRelay.start(authority.issue("localhost"), "orders", "s3cr3t!", mailboxes);
                var application = launch(postfix, authority).start()) {
            application.awaitReady();

            put("order-3.json", IN_UTF8);

            String received =
                    new String(postfix.awaitMail("ayşe@example.org", 1).get(0), StandardCharsets.UTF_8);
            assertThat(received).contains("To: ayşe@example.org, bob@example.org", "\n\nTeşekkürler \uD83D\uDC90\n");
            assertThat(postfix.awaitMail("bob@example.org", 1)).hasSize(1);
            String report =
                    new String(postfix.awaitMail("bounces@example.org", 1).get(0), StandardCharsets.UTF_8);
            assertThat(report)
                    .contains(
                            "Original-Envelope-Id: order-3",
                            "rfc822;bob@example.org",
                            "ayşe@example.org",
                            "Action: delivered");
        }
    }

    private ApplicationLaunch launch(PostfixRelay postfix, TestAuthority authority) throws IOException {
        return PackagedApplication.launch()
                .with("postrider.folder.path", folder.resolve("spool").toString())
                .with("postrider.smtp.host", "localhost")
                .with("postrider.smtp.port", Integer.toString(postfix.port()))
                .with(
                        "postrider.smtp.trust-certificates",
                        authority.writePem(folder.resolve("ca.pem")).toString())
                .with("postrider.smtp.username", "orders")
                .env("POSTRIDER_SMTP_PASSWORD", "s3cr3t!");
    }

    private static void theOrderIsWhatWasAskedFor(PostfixRelay postfix) throws IOException {
        List<Message> orders = parsed(postfix.mail("carol@example.org"));
        assertThat(orders)
                .extracting(Message::getMessageId)
                .as("one id for good")
                .containsOnly(orders.get(0).getMessageId());

        Message order = orders.get(0);
        assertThat(order.getSubject()).isEqualTo("Siparişiniz yolda: ğüşıöç İĞ \uD83D\uDE9A");
        assertThat(order.getFrom().get(0).getName()).isEqualTo("Çiçek Dükkânı");
        assertThat(order.getFrom().get(0).getAddress()).isEqualTo("shop@example.com");
        assertThat(order.getTo().toString()).contains("ann@example.org").doesNotContain("carol");
        assertThat(order.getBcc()).as("in the envelope only").isNull();
        assertThat(order.getDate()).isNotNull();
        assertThat(field(order, "Return-Path")).isEqualTo("<bounces@example.com>");
        assertThat(field(order, "Received")).contains("with ESMTPSA", "using TLSv1.3", "Authenticated sender: orders");

        Multipart mixed = (Multipart) order.getBody();
        Multipart alternative = (Multipart) mixed.getBodyParts().get(0).getBody();
        assertThat(order.getMimeType()).isEqualTo("multipart/mixed");
        assertThat(text(alternative.getBodyParts().get(0))).contains("Teşekkürler \uD83D\uDC90");
        assertThat(text(alternative.getBodyParts().get(1))).contains("<b>Teşekkürler</b>");
        Entity attachment = mixed.getBodyParts().get(1);
        assertThat(attachment.getFilename()).isEqualTo("Sözleşme – koşullar.pdf");
        assertThat(attachment.getMimeType()).isEqualTo("application/pdf");
        assertThat(((SingleBody) attachment.getBody()).getInputStream().readAllBytes())
                .isEqualTo(TERMS);
    }

    private void theUnknownRecipientIsADeadLetterAndNobodyElse() throws IOException {
        assertThat(names("dead-letters")).containsExactlyInAnyOrder("order-2.json", "order-2.json.failure.json");
        assertThat(spool("dead-letters/order-2.json")).hasContent(PARTLY_UNKNOWN);

        JsonNode failure = new ObjectMapper()
                .readTree(spool("dead-letters/order-2.json.failure.json").toFile());
        assertThat(failure.get("id").asText()).isEqualTo("order-2");
        assertThat(failure.get("reason").asText()).isEqualTo("refused");
        assertThat(failure.get("recipients")).hasSize(1);
        JsonNode recipient = failure.get("recipients").get(0);
        assertThat(recipient.get("recipient").asText()).isEqualTo("nobody@example.org");
        assertThat(recipient.get("disposition").asText()).isEqualTo("failed");
        assertThat(recipient.get("reply").asText()).startsWith("550 5.1.1 <nobody@example.org>");
        assertThat(recipient.get("enhancedCode").asText()).isEqualTo("5.1.1");
    }

    /** Those of the order, with a body in two scripts and an attachment, and of a notice that is plain. */
    private void theSignaturesAreGood(PostfixRelay postfix, DkimVerifiers verifiers) throws IOException {
        Path order = Files.write(
                folder.resolve("order"), postfix.mail("carol@example.org").get(0));
        Path notice = Files.write(
                folder.resolve("notice"), postfix.mail("bob@example.org").get(0));

        assertThat(verifiers.dkimpy(List.of(order, notice)))
                .hasSameElementsAs(verifiers.opendkim(List.of(order, notice)))
                .containsExactlyInAnyOrder(
                        new Verdict("order", "rsa-sha256", true),
                        new Verdict("order", "ed25519-sha256", true),
                        new Verdict("notice", "rsa-sha256", true),
                        new Verdict("notice", "ed25519-sha256", true));
    }

    private void put(String name, String request) throws IOException {
        Path written = Files.writeString(spool("inbox/." + name), request);
        Files.move(written, spool("inbox/" + name), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> names(String name) {
        try (Stream<Path> files = Files.list(spool(name))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path spool(String name) {
        return folder.resolve("spool").resolve(name);
    }

    private static List<Message> parsed(List<byte[]> mail) {
        return mail.stream().map(PostfixIT::parsed).toList();
    }

    private static Message parsed(byte[] mail) {
        try {
            return new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(mail));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String field(Message message, String name) {
        return message.getHeader().getField(name).getBody().strip();
    }

    private static String text(Entity part) throws IOException {
        return new String(((TextBody) part.getBody()).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static final String ORDER = """
            {
              "id": "order-1",
              "from": "Çiçek Dükkânı <shop@example.com>",
              "returnPath": "bounces@example.com",
              "to": ["Ann <ann@example.org>"],
              "cc": ["bob@example.org"],
              "bcc": ["carol@example.org"],
              "subject": "Siparişiniz yolda: ğüşıöç İĞ \uD83D\uDE9A",
              "text": "Teşekkürler \uD83D\uDC90\\n.\\nDükkân\\n",
              "html": "<p><b>Teşekkürler</b> \uD83D\uDC90</p>",
              "attachments": [
                {
                  "filename": "Sözleşme – koşullar.pdf",
                  "contentType": "application/pdf",
                  "content": "%s"
                }
              ]
            }
            """.formatted(Base64.getEncoder().encodeToString(TERMS));

    private static final String PARTLY_UNKNOWN = """
            {
              "id": "order-2",
              "from": "shop@example.com",
              "to": ["nobody@example.org", "ann@example.org"],
              "subject": "Hello",
              "text": "Hello"
            }
            """;

    private static final String IN_UTF8 = """
            {
              "id": "order-3",
              "from": "shop@example.com",
              "returnPath": "bounces@example.org",
              "to": ["ayşe@example.org", "bob@example.org"],
              "subject": "Sipariş",
              "text": "Teşekkürler \uD83D\uDC90",
              "dsn": {"notify": ["success", "failure"], "return": "headers"}
            }
            """;

    private static final String NOTICE = """
            {
              "id": "notice-%d",
              "from": "shop@example.com",
              "to": ["bob@example.org"],
              "subject": "Notice %d",
              "text": "Hello"
            }
            """;
}
