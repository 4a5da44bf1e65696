package dev.postrider.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.fixture.KafkaBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Dead letters as the application writes them, for tests of what reads them. */
final class Letters {

    static final String REQUEST = """
            {"id": "order-17", "from": "Shop <shop@example.com>",
             "to": ["Ada <ada@example.org>", {"name": "Grace", "address": "grace@example.org"}],
             "bcc": ["archive@example.com"], "subject": "Ordr 17", "text": "Thank you."}""";

    private Letters() {}

    /** Refused for one of three. */
    static List<Header> refused(String recipient, String reply) {
        String enhanced = reply.split(" ")[1];
        return headers(
                "postrider-id",
                "order-17",
                "postrider-reason",
                "refused",
                "postrider-detail",
                "1 of 3 recipients not relayed: " + reply + " to RCPT",
                "postrider-retryable",
                Boolean.toString(reply.startsWith("4")),
                "postrider-reply",
                reply,
                "postrider-enhanced-code",
                enhanced,
                "postrider-remaining-recipients",
                recipient,
                "postrider-failed-at",
                "2026-03-01T04:00:00.214Z",
                "postrider-source-topic",
                "mail.requests",
                "postrider-source-partition",
                "2",
                "postrider-source-offset",
                "41",
                "postrider-redrive-count",
                "0",
                "postrider-failure",
                """
                {"id":"order-17","reason":"refused","source":{"topic":"mail.requests","partition":2,"offset":41,\
                "timestamp":"2026-03-01T03:59:59Z"},"recipients":[{"recipient":"%s","disposition":"failed",\
                "stage":"RCPT","reply":"%s","enhancedCode":"%s"}]}""".formatted(recipient, reply, enhanced));
    }

    /** Names and values in turn. */
    static List<Header> headers(String... namesAndValues) {
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(KafkaBroker.header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return headers;
    }

    static Parked parked(List<Header> headers) {
        return ParkedReader.read(new ConsumerRecord<>(
                "mail.dead-letters",
                0,
                17,
                1_000,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                REQUEST.getBytes(UTF_8),
                new RecordHeaders(headers),
                Optional.empty()));
    }

    static Letter letter(List<Header> headers, String content) {
        return new InMemory(parked(headers), content);
    }

    private record InMemory(Parked parked, String text) implements Letter {
        @Override
        public Optional<byte[]> content() {
            return Optional.of(text.getBytes(UTF_8));
        }
    }
}
