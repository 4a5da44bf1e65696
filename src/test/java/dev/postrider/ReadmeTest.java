package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.delivery.DeadLetter;
import dev.postrider.delivery.Disposition;
import dev.postrider.fixture.Readme;
import dev.postrider.ops.Settings;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.AttachmentsRoot;
import dev.postrider.submission.Envelope;
import dev.postrider.submission.Origin;
import dev.postrider.submission.RequestLimits;
import dev.postrider.submission.RequestReader;
import dev.postrider.submission.SendRequest;
import dev.postrider.submission.Submission;
import dev.postrider.submission.SubmissionReader;
import dev.postrider.template.Templates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says is so. What it shows of the demo, and of dead letters on a topic, is for DemoIT. */
class ReadmeTest {

    private static final Readme README = Readme.read();
    private static final SubmissionReader READER =
            new SubmissionReader(RequestLimits.defaults(), AttachmentsRoot.none());

    @Test
    void everySendRequestIsRead(@TempDir Path attachments) throws IOException {
        Files.createDirectory(attachments.resolve("2026"));
        Files.writeString(attachments.resolve("2026/invoice-42.pdf"), "%PDF");
        RequestReader reader = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.at(attachments));

        assertThat(README.section("Send").blocks("json")).hasSize(3).allSatisfy(request -> {
            byte[] content = request.getBytes(StandardCharsets.UTF_8);
            Arrival arrival = new Arrival(new Origin.InboxFile(Path.of("readme"), "readme"), content, () -> {});
            assertThatCode(() -> reader.read(arrival)).doesNotThrowAnyException();
        });
    }

    @Test
    void theRawMessageGoesToWhomTheCommandSays() throws Exception {
        Readme section = README.section("Raw messages");
        byte[] content = section.blocks("eml").get(0).getBytes(StandardCharsets.UTF_8);
        Origin record = record(section.all("kcat -P .*").get(0));
        Origin file = new Origin.InboxFile(Path.of("order-17.eml"), "order-17.eml");

        assertThat(READER.read(new Arrival(record, content, () -> {})).envelope())
                .isEqualTo(new Envelope("bounces+17@example.com", List.of("ada@example.org", "archive@example.com")));
        assertThat(READER.read(new Arrival(file, content, () -> {})).envelope())
                .isEqualTo(new Envelope("shop@example.com", List.of("ada@example.org", "archive@example.com")));
    }

    @Test
    void theEventIsReadInBothModesAndFromTheFolder() throws Exception {
        Readme section = README.section("CloudEvents");
        String event = section.blocks("json").get(0);
        String data = new ObjectMapper().readTree(event).path("data").toString();
        Origin structured = record(section.all("kcat -P .*").get(0));
        Origin binary = record(section.all("kcat -P .*").get(1));
        Origin file = new Origin.InboxFile(Path.of("order-17.json"), "order-17.json");

        Submission fromFolder = READER.read(new Arrival(file, event.getBytes(StandardCharsets.UTF_8), () -> {}));

        assertThat(fromFolder.id()).isEqualTo("order-17");
        assertThat(READER.read(new Arrival(structured, event.getBytes(StandardCharsets.UTF_8), () -> {})))
                .isEqualTo(fromFolder);
        assertThat(READER.read(new Arrival(binary, data.getBytes(StandardCharsets.UTF_8), () -> {})))
                .isEqualTo(fromFolder);
    }

    /** What kcat makes of its options. */
    private static Origin record(String command) {
        List<Origin.Header> headers = new Readme(command)
                .all("-H (\\S+=\\S+)").stream()
                        .map(header -> header.split("=", 2))
                        .map(header -> new Origin.Header(header[0], header[1].getBytes(StandardCharsets.UTF_8)))
                        .toList();
        return new Origin.TopicRecord("mail.requests", 0, 0, Instant.EPOCH, null, headers);
    }

    @Test
    void theFieldsAreThoseOfTheSchema() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(Path.of("config/send-request.schema.json").toFile());
        List<String> fields = schema.path("properties").properties().stream()
                .map(field -> field.getKey())
                .toList();

        assertThat(README.section("Send").termsOfTables()).containsExactlyInAnyOrderElementsOf(fields);
    }

    @Test
    void theRequestsHaveEveryFieldThereIsToday() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<String> today = README.section("Send").all("(?m)^\\| (`.*`) \\| (?!announced)").stream()
                .flatMap(cell -> new Readme(cell).all("`(.+?)`").stream())
                .toList();

        Set<String> shown = new HashSet<>();
        for (String request : README.section("Send").blocks("json")) {
            json.readTree(request).fieldNames().forEachRemaining(shown::add);
        }

        assertThat(shown).containsExactlyInAnyOrderElementsOf(today);
    }

    @Test
    void theTemplateItNamesIsThereAndHasAllItsData() throws Exception {
        String request = README.section("Send").blocks("json").get(2);
        Arrival arrival = new Arrival(
                new Origin.InboxFile(Path.of("readme"), "readme"), request.getBytes(StandardCharsets.UTF_8), () -> {});
        SendRequest turkish = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none()).read(arrival);
        Templates templates = new Templates(Optional.of(Path.of("config/templates")));

        SendRequest filled = templates.fill(turkish, arrival);

        assertThat(filled.subject()).isEqualTo("17 numaralı siparişinizi aldık");
        assertThat(filled.text().orElseThrow())
                .startsWith("Merhaba Ada,")
                .contains("\n1. Tea, 4.20 €\n2. 2 x Cup, 5.50 €\n\nToplam 15.20 €.\n");
        assertThat(filled.html().orElseThrow()).contains("<p>Merhaba Ada,</p>", "2 × Cup", "15.20 €");
    }

    @Test
    void everySettingExists() {
        List<String> keys =
                README.all("(?<!dev\\.)postrider(?:\\.(?:[a-z]+(?:-[a-z]+)*|\"[^\"]+\"|[0-9][0-9a-z]*))+").stream()
                        .map(Settings::named)
                        .toList();
        List<String> variables = README.all("POSTRIDER(?:_[A-Z]+)+");
        List<String> possible = Settings.all().keySet().stream()
                .map(key -> key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
                .toList();

        assertThat(Settings.all()).containsKeys(keys.toArray(String[]::new));
        assertThat(possible).containsAll(variables);
    }

    @Test
    void everyFileExists() {
        assertThat(README.all("\\]\\(([^)#]+)\\)"))
                .filteredOn(target -> !target.contains("://"))
                .isNotEmpty()
                .allSatisfy(target -> assertThat(Path.of(target)).exists());
    }

    @Test
    void everyProfileExists() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(README.all("mvn [^`\n]*-P([a-z]+)"))
                .isNotEmpty()
                .allSatisfy(id -> assertThat(pom).contains("<id>" + id + "</id>"));
        assertThat(README.text()).contains("-Dnative");
        assertThat(pom).contains("<name>native</name>");
    }

    @Test
    void whatItSaysWhenSomethingIsWrongIsWhatItSays() throws IOException {
        String sources = withLiteralsJoined(sources());

        assertThat(README.section("When something is wrong").termsOfTables())
                .isNotEmpty()
                .allSatisfy(symptom -> assertThat(sources).contains(symptom));
    }

    @Test
    void everyReasonAndEveryDispositionIsNamed() {
        String text = README.text();

        assertThat(Arrays.stream(DeadLetter.Reason.values()).map(Object::toString))
                .allSatisfy(reason -> assertThat(text).contains("`" + reason + "`"));
        assertThat(Arrays.stream(Disposition.values()).map(Object::toString))
                .allSatisfy(disposition -> assertThat(text).contains("`" + disposition + "`"));
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(ReadmeTest::content)
                    .collect(Collectors.joining());
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A message is often broken over lines. */
    private static String withLiteralsJoined(String sources) {
        return sources.replaceAll("\"\\s*\\+\\s*\"", "");
    }
}
