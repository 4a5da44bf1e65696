package dev.postrider.submission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.data.BytesCloudEventData;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventSerializer;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that carry a submission, as the SDK of CloudEvents for Kafka writes them, and as nobody should. */
class CloudEventsTest {

    private static final String REQUEST = "{'from': 'shop@example.com', 'to': ['ada@example.org'], 'text': 'Grüße'}";
    private static final String MESSAGE = "From: shop@example.com\r\nTo: ada@example.org\r\n\r\nThank you.\r\n";
    private static final String EVENT =
            "'specversion': '1.0', 'id': 'e-17', 'source': '/shop', 'type': 'order.shipped'";

    private final SubmissionReader reader = new SubmissionReader(RequestLimits.defaults(), AttachmentsRoot.none());

    @ParameterizedTest
    @EnumSource
    void aRequestOfTheSdkIsRead(Encoding mode) throws Exception {
        Submission read = reader.read(written(event("application/json", json(REQUEST)), mode));

        assertThat(read).isInstanceOfSatisfying(SendRequest.class, request -> {
            assertThat(request.id()).isEqualTo("e-17");
            assertThat(request.text()).contains("Grüße");
        });
    }

    @ParameterizedTest
    @EnumSource
    void aRequestAsATreeOfTheSdkIsRead(Encoding mode) throws Exception {
        CloudEvent event = base("application/json")
                .withData(JsonCloudEventData.wrap(new ObjectMapper().readTree(json(REQUEST))))
                .build();

        assertThat(reader.read(written(event, mode)).envelope().recipients()).containsExactly("ada@example.org");
    }

    @ParameterizedTest
    @EnumSource
    void aRawMessageOfTheSdkIsReadOctetForOctet(Encoding mode) throws Exception {
        byte[] message = (MESSAGE + "\u00ff\u00fe").getBytes(ISO_8859_1);

        Submission read = reader.read(written(event("message/rfc822", message), mode));

        assertThat(read).isInstanceOfSatisfying(RawSubmission.class, raw -> {
            assertThat(raw.id()).isEqualTo("e-17");
            assertThat(raw.body().octets()).isEqualTo(message);
        });
    }

    @ParameterizedTest
    @EnumSource
    void theRequestsOwnIdGoesBeforeThatOfTheEvent(Encoding mode) throws Exception {
        byte[] request = json(REQUEST.replace("{", "{'id': 'order-17', "));

        assertThat(reader.read(written(event("application/json", request), mode))
                        .id())
                .isEqualTo("order-17");
    }

    @ParameterizedTest
    @EnumSource
    void theEnvelopeOfARawMessageIsThatOfTheRecord(Encoding mode) throws Exception {
        Arrival arrival = written(
                event("message/rfc822", MESSAGE.getBytes(US_ASCII)),
                mode,
                header("mail-from", "<>"),
                header("rcpt-to", "bob@example.org"));

        assertThat(reader.read(arrival).envelope()).isEqualTo(new Envelope("", List.of("bob@example.org")));
    }

    @Test
    void aFileOrARecordWithoutContentTypeIsAnEventWhenItCanBeNothingElse() throws Exception {
        byte[] event = json("{" + EVENT + ", 'data': " + REQUEST + "}");

        assertThat(reader.read(Arrivals.file("order.json", event)).id()).isEqualTo("e-17");
        assertThat(reader.read(Arrivals.record(event)).id()).isEqualTo("e-17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "text/json", "application/vnd.shop.order+json", ""})
    void theDataIsJsonByManyNames(String type) throws Exception {
        String declared = type.isEmpty() ? "" : ", 'datacontenttype': '" + type + "'";

        assertThat(reader.read(structured(EVENT + declared + ", 'data': " + REQUEST)))
                .isInstanceOf(SendRequest.class);
    }

    @Test
    void aMessageMayStandInTheEventAsAString() throws Exception {
        String message = "From: a@b.c\\nTo: d@e.f\\n\\nGrüße";

        Submission read =
                reader.read(structured(EVENT + ", 'datacontenttype': 'message/rfc822', 'data': '" + message + "'"));

        assertThat(read)
                .isInstanceOfSatisfying(
                        RawSubmission.class, raw -> assertThat(raw.eightBit()).isTrue());
    }

    @ParameterizedTest
    @MethodSource
    void whatIsWrongWithAnEventIsSaidOfItsAttribute(String members, String fault) {
        assertThat(Refusals.of(reader, structured(members))).contains(fault);
    }

    static Stream<Arguments> whatIsWrongWithAnEventIsSaidOfItsAttribute() {
        String data = ", 'data': " + REQUEST;
        return Stream.of(
                arguments(EVENT.replace("'1.0'", "'0.3'") + data, "$.specversion: must be 1.0, not \"0.3\""),
                arguments(EVENT.replace("'1.0'", "1.0") + data, "$.specversion: is required, and a string"),
                arguments(EVENT.replace("'id'", "'ID'") + data, "$.id: is required"),
                arguments(EVENT.replace("'e-17'", "''") + data, "$.id: must not be empty"),
                arguments(EVENT.replace("'source'", "'src'") + data, "$.source: is required"),
                arguments(EVENT.replace("'type'", "'typ'") + data, "$.type: is required"),
                arguments("'id': 'x'", "$.specversion: is required"),
                arguments(EVENT, "$.data: is required, or data_base64"),
                arguments(EVENT + ", 'data': null", "$.data: is required, or data_base64"),
                arguments(EVENT + data + ", 'data_base64': 'e30='", "$.data: is there beside data_base64"),
                arguments(EVENT + ", 'data_base64': 'e30'", "$.data_base64: not base64"),
                arguments(EVENT + ", 'data_base64': {}", "$.data_base64: must be a string"),
                arguments(EVENT + ", 'data_base64': 'e3s='", "not JSON"),
                arguments(EVENT + ", 'data': 'text'", "data: $: must be a JSON object"),
                arguments(EVENT + ", 'data': {'from': 'x'}", "data: $.to: at least one recipient"),
                arguments(EVENT + ", 'datacontenttype': 'text/xml'" + data, "not \"text/xml\""),
                arguments(EVENT + ", 'datacontenttype': 7" + data, "$.datacontenttype: must be a string"),
                arguments(
                        EVENT + ", 'datacontenttype': 'message/rfc822'" + data,
                        "$.data: must be a string that holds the message"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_specversion", "ce_id", "ce_source", "ce_type"})
    void anAttributeThatIsMissingInTheHeadersIsNamed(String missing) {
        Arrival whole = written(event("application/json", json(REQUEST)), Encoding.BINARY);
        Origin.Header[] rest = ((Origin.TopicRecord) whole.origin())
                .headers().stream()
                        .filter(header -> !header.name().equals(missing))
                        .toArray(Origin.Header[]::new);

        assertThat(Refusals.of(reader, Arrivals.record(whole.content(), rest)))
                .contains("header " + missing + ": is required");
    }

    @Test
    void whatIsWrongWithAnEventInHeadersIsSaidOfThem() {
        Arrival twice = written(event("application/json", json(REQUEST)), Encoding.BINARY, header("ce_id", "e-18"));
        Arrival old = Arrivals.record(json(REQUEST), header("ce_specversion", "0.3"));
        Arrival xml = written(event("text/xml", json(REQUEST)), Encoding.BINARY);
        Arrival empty = written(event("application/json", new byte[0]), Encoding.BINARY);

        assertThat(Refusals.of(reader, twice)).contains("header ce_id: is there 2 times");
        assertThat(Refusals.of(reader, old)).contains("header ce_specversion: must be 1.0, not \"0.3\"");
        assertThat(Refusals.of(reader, xml)).contains("header content-type: the data of an event (datacontenttype)");
        assertThat(Refusals.of(reader, empty)).contains("data: the event has none");
    }

    @ParameterizedTest
    @MethodSource
    void otherModesAndFormatsAreRefusedByName(String contentType, String fault) {
        assertThat(Refusals.of(reader, Arrivals.record(json("[]"), header("content-type", contentType))))
                .contains(fault);
    }

    static Stream<Arguments> otherModesAndFormatsAreRefusedByName() {
        return Stream.of(
                arguments("application/cloudevents-batch+json", "CloudEvents in batches are not accepted"),
                arguments("application/cloudevents+avro", "of CloudEvents only application/cloudevents+json"),
                arguments("application/cloudevents", "of CloudEvents only application/cloudevents+json"),
                arguments("application/cloudevents+json", "$: an event must be a JSON object"));
    }

    @Test
    void anIdThatIsNoIdOfOursIsMadeOne() throws Exception {
        String longest = "é".repeat(300);

        assertThat(idFor(longest + "a")).hasSize(200).startsWith("éé").isNotEqualTo(idFor(longest + "b"));
        assertThat(idFor("a\nb\u202e")).isEqualTo("a\\nb\\u202e");
    }

    private String idFor(String eventId) throws Exception {
        Arrival arrival = Arrivals.record(
                json(REQUEST),
                header("ce_specversion", "1.0"),
                header("ce_id", eventId),
                header("ce_source", "/shop"),
                header("ce_type", "order.shipped"));
        return reader.read(arrival).id();
    }

    private static Arrival structured(String members) {
        return Arrivals.record(
                json("{" + members + "}"), header("Content-Type", "application/cloudevents+json; charset=UTF-8"));
    }

    private static CloudEvent event(String type, byte[] data) {
        return base(type).withData(BytesCloudEventData.wrap(data)).build();
    }

    private static io.cloudevents.core.v1.CloudEventBuilder base(String type) {
        return CloudEventBuilder.v1()
                .withId("e-17")
                .withSource(URI.create("/shop"))
                .withType("order.shipped")
                .withTime(OffsetDateTime.parse("2026-02-03T04:05:06Z"))
                .withSubject("order 17")
                .withExtension("traceparent", "00-0af7-b7ad-01")
                .withDataContentType(type);
    }

    /** As the SDK's serializer for Kafka writes it. */
    private static Arrival written(CloudEvent event, Encoding mode, Origin.Header... more) {
        try (CloudEventSerializer serializer = new CloudEventSerializer()) {
            serializer.configure(
                    mode == Encoding.BINARY
                            ? Map.of(CloudEventSerializer.ENCODING_CONFIG, mode)
                            : Map.of(
                                    CloudEventSerializer.ENCODING_CONFIG,
                                    mode,
                                    CloudEventSerializer.EVENT_FORMAT_CONFIG,
                                    JsonFormat.CONTENT_TYPE),
                    false);
            Headers headers = new RecordHeaders();
            byte[] value = serializer.serialize("mail.requests", headers, event);
            List<Origin.Header> all = new ArrayList<>(List.of(more));
            headers.forEach(header -> all.add(new Origin.Header(header.key(), header.value())));
            return Arrivals.of(new Origin.TopicRecord("mail.requests", 0, 17, Instant.EPOCH, null, all), value);
        }
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    private static Origin.Header header(String name, String value) {
        return new Origin.Header(name, value.getBytes(UTF_8));
    }
}
