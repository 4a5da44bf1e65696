package dev.postrider.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeEventTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOURCE = OutcomeEvent.source("postrider");

    static List<Outcome> everyKind() {
        return Told.ofEveryKind();
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void everyEventIsAsTheSchemaSays(Outcome outcome) throws IOException {
        assertThat(schema().validate(
                                OutcomeEvent.write(outcome, SOURCE),
                                InputFormat.JSON,
                                validation ->
                                        validation.executionConfig(config -> config.formatAssertionsEnabled(true))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u0085", "\u2028", "\u2029"})
    void whateverMayEndALineIsEscaped(String end) throws IOException {
        String event = OutcomeEvent.write(Told.relayed("order" + end + "17", "ada@example.org"), SOURCE);

        assertThat(event).doesNotContain(end);
        assertThat(JSON.readTree(event).path("data").path("id").asText()).isEqualTo("order" + end + "17");
    }

    @Test
    void theSchemasExamplesAreAsItSays() throws IOException {
        for (JsonNode example : JSON.readTree(schemaText()).path("examples")) {
            assertThat(schema().validate(example)).isEmpty();
        }
    }

    @Test
    void theSchemaDescribesEveryFieldAndNoOther() throws IOException {
        Set<String> written = new HashSet<>();
        Set<String> writtenInData = new HashSet<>();
        for (Outcome outcome : everyKind()) {
            JsonNode event = JSON.readTree(OutcomeEvent.write(outcome, SOURCE));
            event.fieldNames().forEachRemaining(written::add);
            event.path("data").fieldNames().forEachRemaining(writtenInData::add);
        }
        JsonNode properties = JSON.readTree(schemaText()).path("properties");

        assertThat(properties.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(written);
        assertThat(properties.path("data").path("properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(writtenInData);
        assertThat(JSON.readTree(schemaText()).findValues("properties"))
                .allSatisfy(group -> assertThat(group)
                        .allSatisfy(field ->
                                assertThat(field.path("description").asText()).isNotBlank()));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void theSdkOfCloudEventsReadsEveryEvent(Outcome outcome) throws IOException {
        CloudEvent event = EventFormatProvider.getInstance()
                .resolveFormat(JsonFormat.CONTENT_TYPE)
                .deserialize(OutcomeEvent.write(outcome, SOURCE).getBytes(UTF_8));

        assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(event.getId()).isEqualTo(outcome.eventId());
        assertThat(event.getType()).isEqualTo("dev.postrider.outcome");
        assertThat(event.getSource()).isEqualTo(URI.create("/postrider/postrider"));
        assertThat(Optional.ofNullable(event.getSubject())).isEqualTo(outcome.recipient());
        assertThat(event.getTime()).isEqualTo(Told.FOUR.atOffset(ZoneOffset.UTC));
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        JsonNode data = JSON.readTree(event.getData().toBytes());
        assertThat(data.path("disposition").asText()).isEqualTo(outcome.disposition());
        assertThat(JSON.convertValue(data.path("metadata"), Map.class)).isEqualTo(outcome.metadata());
    }

    @Test
    void anEventIsOneLine() {
        assertThat(everyKind())
                .allSatisfy(outcome ->
                        assertThat(OutcomeEvent.write(outcome, SOURCE)).doesNotContain("\n", "\r"));
    }

    @Test
    void theIdNamesRequestAttemptAndRecipient() {
        assertThat(Told.deferred().eventId()).isEqualTo("order-17/1.2/grace@example.org");
        assertThat(Told.invalid("no text").eventId()).isEqualTo("mail.requests-0@18/0.0/-");
    }

    @Test
    void theIdOfARequestThatNamesNoneHasTheTimeInItToo() throws IOException {
        Outcome told = Told.deferred();
        Outcome outcome = new Outcome(
                "mail.requests-0-17",
                "mail.requests-0-17@2026-03-01T04:00:00Z",
                told.recipient(),
                told.disposition(),
                told.attempt(),
                told.reply(),
                told.reason(),
                told.detail(),
                told.messageId(),
                told.source(),
                told.metadata());

        assertThat(outcome.eventId()).isEqualTo("mail.requests-0-17@2026-03-01T04:00:00Z/1.2/grace@example.org");
        assertThat(OutcomeEvent.write(outcome, SOURCE)).contains("\"data\":{\"id\":\"mail.requests-0-17\",");
    }

    @Test
    void eachDuplicateHasAnIdOfItsOwn() {
        assertThat(Told.duplicate("mail.requests-0@17").eventId())
                .isEqualTo("order-17/1.2/-/mail.requests-0@17")
                .isNotEqualTo(Told.duplicate("mail.requests-0@18").eventId());
    }

    @Test
    void aReplyThatNeverCameHasNoCode() throws IOException {
        JsonNode data =
                JSON.readTree(OutcomeEvent.write(Told.unknown(), SOURCE)).path("data");

        assertThat(data.has("replyCode")).isFalse();
        assertThat(data.path("replyText").asText()).isEqualTo("connection reset");
    }

    @Test
    void aLongDetailIsCut() throws IOException {
        String event = OutcomeEvent.write(Told.invalid("x".repeat(1_000_000)), SOURCE);

        assertThat(event).hasSizeLessThan(3_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postrider", "group with blanks", "Größe", "50%", "a?b#c", "", "//x"})
    void theSourceIsAUriReference(String name) {
        assertThat(URI.create(OutcomeEvent.source(name)).getPath()).isEqualTo("/postrider/" + name);
        assertThat(OutcomeEvent.source(name)).isPrintable().matches("\\p{ASCII}+");
    }

    @Test
    void anOutcomeThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new Attempt(0, -1, Told.FOUR, "relay:25", Optional.empty()))
                .hasMessageContaining("0.-1");
        assertThatThrownBy(() -> Told.relayed("", "ada@example.org")).hasMessageContaining("no id");
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDialect(Dialects.getDraft202012(), builder -> {})
                .getSchema(schemaText(), InputFormat.JSON);
    }

    private static String schemaText() throws IOException {
        return Files.readString(Path.of("config/outcome.schema.json"));
    }
}
