package dev.postrider.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.corpus.Corpus;
import dev.postrider.corpus.CorpusRequest;
import dev.postrider.corpus.Mime4jReader;
import dev.postrider.submission.AddressSyntax;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every request of the corpus has gone to a relay: what arrives there is what was asked for, as Mime4j reads it. */
class CorpusTest {

    private static List<SentCorpus> sent;

    @BeforeAll
    static void send(@TempDir Path folder) throws Exception {
        sent = SentCorpus.by(Way.PIPELINED, folder);
    }

    static List<SentCorpus> sent() {
        return sent;
    }

    @Test
    void theCorpusIsLargeEnoughToMeanSomething() {
        assertThat(sent).hasSizeGreaterThan(400);
        assertThat(sent).extracting(SentCorpus::toString).doesNotHaveDuplicates();
        assertThat(sent).extracting(each -> each.mail().signed().messageId()).doesNotHaveDuplicates();
    }

    /** And every field of a field. */
    @Test
    void everyFieldOfTheContractIsInIt() throws Exception {
        JsonNode schema = new ObjectMapper()
                .readTree(Path.of("config/send-request.schema.json").toFile());
        Set<String> contract = new TreeSet<>();
        namesOf(schema.get("properties"), "", contract);
        namesOf(schema.at("/$defs/attachment/properties"), "attachments.", contract);
        Set<String> used = new TreeSet<>();
        for (CorpusRequest request : Corpus.all()) {
            request.json().fieldNames().forEachRemaining(used::add);
            request.json().fields().forEachRemaining(field -> {
                Iterable<JsonNode> members = field.getValue().isArray() ? field.getValue() : List.of(field.getValue());
                members.forEach(
                        member -> member.fieldNames().forEachRemaining(name -> used.add(field.getKey() + "." + name)));
            });
        }

        assertThat(contract).contains("subject", "calendar.method", "attachments.file");
        assertThat(used).containsAll(contract);
    }

    private static void namesOf(JsonNode properties, String within, Set<String> names) {
        properties.fields().forEachRemaining(field -> {
            if (!field.getValue().path("$ref").asText().endsWith("/later")) {
                names.add(within + field.getKey());
                namesOf(field.getValue().path("properties"), field.getKey() + ".", names);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("sent")
    void mime4jSeesWhatWasAskedFor(SentCorpus each) throws Exception {
        assertThat(Mime4jReader.read(each.octets())).isEqualTo(each.mail().reading());
    }

    @ParameterizedTest
    @MethodSource("sent")
    void theEnvelopeNamesEverybodyOnce(SentCorpus each) {
        assertThat(each.envelope()).isEqualTo(each.mail().envelope());
    }

    @ParameterizedTest
    @MethodSource("sent")
    void everyRelayCanCarryIt(SentCorpus each) {
        String wire = new String(each.octets(), ISO_8859_1);

        // RFC 6531 §3.3: no other form of such an address exists.
        boolean sevenBit = each.mail().reading().people().values().stream()
                .flatMap(List::stream)
                .allMatch(person -> AddressSyntax.isAscii(person.address()));
        assertThat(wire.chars().allMatch(octet -> octet > 0 && octet < (sevenBit ? 0x80 : 0x100)))
                .isTrue();
        assertThat(wire.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(wire.split("\r\n")).allMatch(line -> line.length() <= 998);
        assertThat(wire).endsWith("\r\n");
        assertThat(wire.substring(0, wire.indexOf("\r\n\r\n"))).doesNotContainPattern("(?im)^bcc:");
    }
}
