package dev.postrider.submission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The schema is the contract's documentation: whatever it shows as an example must be read. */
class SchemaExamplesTest {

    private static final Path FILE = Path.of("config/send-request.schema.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path root;

    private JsonNode schema;

    @BeforeEach
    void theFileTheExamplesRefersTo() throws IOException {
        schema = JSON.readTree(FILE.toFile());
        Files.createDirectories(root.resolve("invoices/2026"));
        Files.writeString(root.resolve("invoices/2026/0042.pdf"), "%PDF");
    }

    @TestFactory
    Stream<DynamicTest> everyExampleIsRead() {
        RequestReader reader = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.at(root));

        return examples().stream()
                .map(example -> DynamicTest.dynamicTest(
                        example.toString(),
                        () -> assertThat(reader.read(Arrivals.record(example.toString())))
                                .isNotNull()));
    }

    @Test
    void everyFieldIsDescribed() {
        for (JsonNode properties : schema.findValues("properties")) {
            properties.properties().stream()
                    .filter(field -> !field.getValue().path("$ref").asText().endsWith("/later"))
                    .filter(field -> !field.getValue().has("minItems"))
                    .forEach(field -> assertThat(
                                    field.getValue().path("description").asText())
                            .as(field.getKey())
                            .isNotBlank());
        }
    }

    /** Whole requests as they are; examples of single fields within a request that is otherwise the smallest. */
    private List<JsonNode> examples() {
        List<JsonNode> requests = new ArrayList<>();
        schema.path("examples").forEach(requests::add);
        schema.path("properties")
                .properties()
                .forEach(field -> field.getValue()
                        .path("examples")
                        .forEach(example -> requests.add(withField(field.getKey(), example))));
        JsonNode definitions = schema.path("$defs");
        definitions
                .path("mailbox")
                .path("examples")
                .forEach(from -> requests.add(smallest().set("from", from)));
        definitions
                .path("mailboxes")
                .path("examples")
                .forEach(to -> requests.add(smallest().set("to", to)));
        JsonNode attachment = definitions.path("attachment");
        attachment.path("examples").forEach(example -> requests.add(withAttachment(example)));
        attachment
                .path("properties")
                .properties()
                .forEach(field -> field.getValue()
                        .path("examples")
                        .forEach(example -> requests.add(withAttachment(smallestAttachment(field.getKey(), example)))));
        return requests;
    }

    private static ObjectNode smallest() {
        ObjectNode request =
                JSON.createObjectNode().put("from", "a@example.com").put("text", "");
        request.putArray("to").add("b@example.com");
        return request;
    }

    private static ObjectNode withField(String field, JsonNode value) {
        ObjectNode request = smallest();
        if (field.equals("template")) {
            request.remove("text");
        }
        return request.set(field, value);
    }

    private static ObjectNode withAttachment(JsonNode attachment) {
        ObjectNode request = smallest();
        request.putArray("attachments").add(attachment);
        return request;
    }

    private static ObjectNode smallestAttachment(String field, JsonNode value) {
        ObjectNode attachment = JSON.createObjectNode().put("filename", "x");
        attachment.set(field, value);
        return attachment.has("file")
                ? attachment
                : attachment.has("content") ? attachment : attachment.put("content", "");
    }
}
