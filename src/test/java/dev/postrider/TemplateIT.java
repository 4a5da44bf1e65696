package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.fixture.ApplicationLaunch;
import dev.postrider.fixture.Installation;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.Readme;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates, an invitation and the way out of the list, as the relay gets them. */
class TemplateIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path home;

    private Installation installation;

    @BeforeEach
    void install() {
        installation = Installation.in(home);
    }

    @AfterEach
    void remove() {
        installation.close();
    }

    @Test
    void aTemplateAnInvitationAndAWayOutMakeOneMessage() throws Exception {
        // Both as the README shows them; only the templates that come with Postrider.
        ObjectNode request = example(2);
        JsonNode full = example(1);
        request.set("calendar", full.path("calendar"));
        request.set("listUnsubscribe", full.path("listUnsubscribe"));
        installation.drop("order.json", request.toString());

        try (PackagedApplication application =
                launch(Path.of("config/templates")).start()) {
            byte[] bytes = installation.relay().awaitMessages(1).get(0).bytes();
            MimeMessage message =
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));

            assertThat(message.getSubject()).isEqualTo("17 numaralı siparişinizi aldık");
            assertThat(message.getHeader("List-Unsubscribe", null))
                    .contains("<" + full.at("/listUnsubscribe/url").asText() + ">", "<mailto:leave@example.com>");
            assertThat(message.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
            MimeMultipart mixed = (MimeMultipart) message.getContent();
            MimeMultipart alternative = (MimeMultipart) mixed.getBodyPart(0).getContent();
            assertThat((String) alternative.getBodyPart(0).getContent()).startsWith("Merhaba Ada,\r\n");
            assertThat((String) alternative.getBodyPart(1).getContent()).contains("<p>Merhaba Ada,</p>");
            String invitation = full.at("/calendar/content").asText().replace("\n", "\r\n");
            assertThat(alternative.getBodyPart(2).getContentType())
                    .isEqualTo("text/calendar; charset=UTF-8; method=REQUEST");
            assertThat(content(alternative, 2)).isEqualTo(invitation);
            assertThat(mixed.getBodyPart(1).getFileName()).isEqualTo("invite.ics");
            assertThat(content(mixed, 1)).isEqualTo(invitation);
            application.awaitOutput("relayed");
        }
    }

    @Test
    void aBrokenTemplateIsToldAtTheStartAndCanBeMendedMeanwhile() throws Exception {
        Path body = Files.createDirectories(home.resolve("templates/hello")).resolve("body.txt");
        Files.writeString(body, "Hello {name},\n{#if}\n");

        try (PackagedApplication application = launch(home.resolve("templates")).start()) {
            application.awaitOutput("template hello: hello/body.txt, line 2: .*dead letters until it is mended");
            installation.drop("broken.json", hello("\"name\": \"Ada\""));
            installation.awaitFiles("dead-letters", 2);
            assertThat(installation.read("dead-letters/broken.json.failure.json"))
                    .contains("\"reason\" : \"invalid-request\"", "$.template.name: hello/body.txt, line 2: ");

            Files.writeString(body, "Hello {name}!\n");
            installation.drop("incomplete.json", hello("\"nam\": \"Ada\""));
            installation.awaitFiles("dead-letters", 4);
            installation.drop("whole.json", hello("\"name\": \"Ada\""));

            assertThat(installation.relay().awaitMessages(1).get(0).text()).contains("Hello Ada!");
        }
    }

    private static String content(MimeMultipart multipart, int part) throws Exception {
        return new String(multipart.getBodyPart(part).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private ApplicationLaunch launch(Path templates) {
        return installation
                .launchWithFolder()
                .with("postrider.templates.folder", templates.toAbsolutePath().toString());
    }

    private static ObjectNode example(int number) throws Exception {
        return (ObjectNode)
                JSON.readTree(Readme.read().section("Send").blocks("json").get(number));
    }

    private static String hello(String data) {
        return "{\"from\": \"a@shop.example\", \"to\": [\"ann@example.org\"],"
                + " \"template\": {\"name\": \"hello\", \"data\": {" + data + "}}}";
    }
}
