package dev.postrider.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestReaderTest {

    private static final String SMALL = """
        {"from": "shop@example.com", "to": ["ada@example.org"], "text": "Good morning"}\
        """;

    private final RequestReader reader = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none());

    @Test
    void theSmallestRequestGetsTheDefaults() throws Exception {
        SendRequest request = reader.read(Arrivals.record(SMALL));

        assertThat(request.id()).isEqualTo("mail.requests-0-17");
        assertThat(request.from()).isEqualTo(new Mailbox("", "shop@example.com"));
        assertThat(request.subject()).isEmpty();
        assertThat(request.text()).contains("Good morning");
        assertThat(request.html()).isEmpty();
        assertThat(request.sender()).isEmpty();
        assertThat(request.returnPath()).isEmpty();
        assertThat(request.attachments()).isEmpty();
        assertThat(request.envelope()).isEqualTo(new Envelope("shop@example.com", List.of("ada@example.org")));
    }

    @Test
    void aFieldThatIsNullIsAsIfAbsent() throws Exception {
        SendRequest request = reader.read(Arrivals.record("""
            {"$schema": "./send-request.schema.json", "id": null, "from": {"name": null, "address": "shop@example.com"},
             "sender": null, "to": ["ada@example.org"], "cc": null, "bcc": null, "replyTo": null, "returnPath": null,
             "subject": null, "text": "Good morning", "html": null, "headers": null, "attachments": null,
             "metadata": null, "onUnknown": null, "listUnsubscribe": null, "calendar": null, "template": null,
             "dsn": {"notify": null, "return": null, "envid": null}, "sendAt": null, "expiresAt": null}\
            """));

        assertThat(request)
                .usingRecursiveComparison()
                .ignoringFields("dsn")
                .isEqualTo(reader.read(Arrivals.record(SMALL)));
        assertThat(request.id()).isEqualTo("mail.requests-0-17");
    }

    @Test
    void nullStaysInTheDataOfATemplate() throws Exception {
        SendRequest request = reader.read(Arrivals.record("""
            {"from": "shop@example.com", "to": ["ada@example.org"],
             "template": {"name": "order", "locale": null, "data": {"note": null}}}\
            """));

        assertThat(request.template().orElseThrow().data()).hasToString("{\"note\":null}");
    }

    @Test
    void aFieldThatIsRequiredIsNotThereWhenItIsNull() {
        assertThat(Refusals.of(reader, "{'from': null, 'to': null, 'text': null}"))
                .isEqualTo(
                        "mail.requests-0@17: $.from: is required; $.to: at least one recipient in 'to', 'cc' or 'bcc';"
                                + " $.text: 'text', 'html' or both");
    }

    @Test
    void everyFieldArrivesAsItWasGiven() throws Exception {
        SendRequest request = reader.read(Arrivals.record("""
            {
              "id": "order-17",
              "from": "Example Shop <shop@example.com>",
              "sender": {"name": "Desk 4", "address": "desk4@example.com"},
              "to": ["\\"Lovelace, Ada\\" <ada@example.org>", "grace@example.org"],
              "cc": ["sales@example.com"],
              "bcc": ["archive@example.com", "ada@example.org"],
              "replyTo": ["support@example.com"],
              "returnPath": "bounces+17@example.com",
              "subject": "荷物を発送しました",
              "text": "one\\ntwo\\u0000",
              "html": "<p>one</p>",
              "headers": {"X-Second": "2", "Auto-Submitted": "auto-generated", "X-First": "ä\\t1"},
              "metadata": {"zone": "north", "order": "17"}
            }\
            """));

        assertThat(request.id()).isEqualTo("order-17");
        assertThat(request.from()).isEqualTo(new Mailbox("Example Shop", "shop@example.com"));
        assertThat(request.sender()).contains(new Mailbox("Desk 4", "desk4@example.com"));
        assertThat(request.to())
                .containsExactly(new Mailbox("Lovelace, Ada", "ada@example.org"), new Mailbox("", "grace@example.org"));
        assertThat(request.replyTo()).containsExactly(new Mailbox("", "support@example.com"));
        assertThat(request.subject()).isEqualTo("荷物を発送しました");
        assertThat(request.text()).contains("one\ntwo\0");
        assertThat(request.html()).contains("<p>one</p>");
        assertThat(request.headers())
                .containsExactly(
                        Map.entry("X-Second", "2"),
                        Map.entry("Auto-Submitted", "auto-generated"),
                        Map.entry("X-First", "ä\t1"));
        assertThat(request.metadata()).containsExactly(Map.entry("zone", "north"), Map.entry("order", "17"));
        assertThat(request.envelope())
                .isEqualTo(new Envelope(
                        "bounces+17@example.com",
                        List.of("ada@example.org", "grace@example.org", "sales@example.com", "archive@example.com")));
    }

    @Test
    void theReversePathIsTheSendersWhereThereIsOne() throws Exception {
        SendRequest request = reader.read(Arrivals.record("""
            {"from": "a@example.com", "sender": "s@example.com", "bcc": ["b@example.com"], "html": ""}\
            """));

        assertThat(request.envelope().reversePath()).isEqualTo("s@example.com");
    }

    @Test
    void anEmptyReturnPathIsTheNullPath() throws Exception {
        SendRequest request = reader.read(Arrivals.record("""
            {"from": "a@example.com", "to": [], "cc": ["b@example.com"], "text": "", "returnPath": ""}\
            """));

        assertThat(request.returnPath()).contains("");
        assertThat(request.envelope().reversePath()).isEmpty();
    }

    @Test
    void aByteOrderMarkIsTolerated() throws Exception {
        assertThat(reader.read(Arrivals.record("\uFEFF" + SMALL)).text()).contains("Good morning");
    }

    @Test
    void aFilesIdIsItsNameAndContent() throws Exception {
        String id = reader.read(Arrivals.file("order-17.json", SMALL.getBytes(UTF_8)))
                .id();
        String again = reader.read(Arrivals.file("order-17.json", SMALL.getBytes(UTF_8)))
                .id();
        String other = reader.read(Arrivals.file("order-17.json", (SMALL + " ").getBytes(UTF_8)))
                .id();

        assertThat(id).matches("order-17\\.json-[0-9a-f]{16}").isEqualTo(again).isNotEqualTo(other);
    }

    @Test
    void aDefaultIdIsPrintableAndFits() throws Exception {
        String name = "é\n".repeat(120);

        String id =
                reader.read(Arrivals.file(name + "1", SMALL.getBytes(UTF_8))).id();
        String other =
                reader.read(Arrivals.file(name + "2", SMALL.getBytes(UTF_8))).id();

        assertThat(id).startsWith("é\\né\\n").hasSizeLessThanOrEqualTo(200).isNotEqualTo(other);
    }

    @Test
    void anAttachmentOfManyMegabytesIsRead() throws Exception {
        String megabytes = "AAAA".repeat(6 << 20);

        SendRequest request = reader.read(Arrivals.record(SMALL.replace(
                "}", ", \"attachments\": [{\"filename\": \"zeros\", \"content\": \"" + megabytes + "\"}]}")));

        Attachment.Bytes content =
                (Attachment.Bytes) request.attachments().get(0).content();
        assertThat(content.bytes()).hasSize(18 << 20);
    }

    @Test
    void manyThreadsMayRead() {
        List<String> ids = java.util.stream.IntStream.range(0, 1000)
                .parallel()
                .mapToObj(i -> readQuietly(SMALL.replace("{", "{\"id\": \"" + i + "\", "))
                        .id())
                .toList();

        assertThat(ids)
                .doesNotHaveDuplicates()
                .hasSize(1000)
                .startsWith("0", "1")
                .endsWith("999");
    }

    private SendRequest readQuietly(String json) {
        try {
            return reader.read(Arrivals.record(json));
        } catch (InvalidRequest invalid) {
            throw new AssertionError(invalid);
        }
    }
}
