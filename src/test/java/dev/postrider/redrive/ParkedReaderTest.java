package dev.postrider.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class ParkedReaderTest {

    private static final Instant MODIFIED = Instant.parse("2026-03-02T00:00:00Z");

    @Test
    void aRecordSaysItInItsHeaders() {
        Parked parked = Letters.parked(Letters.refused("ada@example.org", "550 5.1.1 no such user"));

        assertThat(parked.place()).hasToString("mail.dead-letters-0@17");
        assertThat(parked.id()).contains("order-17");
        assertThat(parked.reason()).isEqualTo("refused");
        assertThat(parked.retryable()).isFalse();
        assertThat(parked.replies()).containsExactly("550 5.1.1 no such user");
        assertThat(parked.enhancedCodes()).containsExactly("5.1.1");
        assertThat(parked.remaining()).containsExactly("ada@example.org");
        assertThat(parked.failedAt()).isEqualTo(Instant.parse("2026-03-01T04:00:00.214Z"));
        assertThat(parked.redrives()).isZero();
        assertThat(parked.source().toString())
                .isEqualTo("{\"topic\":\"mail.requests\",\"partition\":2,\"offset\":41,"
                        + "\"timestamp\":\"2026-03-01T03:59:59Z\"}");
    }

    @Test
    void aFileSaysItInTheReportBesideIt() {
        Parked parked = ParkedReader.read("order~2.json", """
                {"id": "order-17", "reason": "expired", "detail": "tried for 3 days", "retryable": true,
                 "failedAt": "2026-03-01T04:00:00.214Z", "redriveCount": 2, "source": {"file": "order.json"},
                 "attempts": [{"at": "2026-02-26T04:00:00Z", "reply": "451 4.2.1 busy"}],
                 "remainingRecipients": ["\\"a, b\\"@example.org"],
                 "recipients": [{"recipient": "\\"a, b\\"@example.org", "disposition": "deferred", "stage": "RCPT",
                                 "reply": "451 4.2.1 busy", "enhancedCode": "4.2.1"}]}""", MODIFIED);

        assertThat(parked.place()).hasToString("dead-letters/order~2.json");
        assertThat(parked.reason()).isEqualTo("expired");
        assertThat(parked.retryable()).isTrue();
        assertThat(parked.remaining()).containsExactly("\"a, b\"@example.org");
        assertThat(parked.redrives()).isEqualTo(2);
        assertThat(parked.source().path("file").asText()).isEqualTo("order.json");
    }

    @Test
    void aFileWithoutAReportCanGoBackToo() {
        Parked parked = ParkedReader.read("order.json", "", MODIFIED);

        assertThat(parked.reason()).isEqualTo("no-report");
        assertThat(parked.failedAt()).isEqualTo(MODIFIED);
        assertThat(parked.remaining()).isEmpty();
    }

    @Test
    void whoHasTheMessageFromAnEarlierAttemptIsNotAmongThoseLeftOver() {
        Parked parked = Letters.parked(Letters.headers(
                "postrider-reason",
                "internal-error",
                "postrider-remaining-recipients",
                "",
                "postrider-history",
                "{\"redrives\":1,\"recipients\":[\"grace@example.org\"]}"));

        assertThat(parked.remaining()).containsExactly("grace@example.org");
        assertThat(parked.redrives()).isEqualTo(1);
    }

    @Test
    void headersOfTheSenderWithOurNamesDoNotCount() {
        List<Header> headers = new ArrayList<>(Letters.headers("postrider-reason", "none of ours"));
        headers.addAll(Letters.refused("ada@example.org", "550 5.1.1 no"));

        assertThat(Letters.parked(headers).reason()).isEqualTo("refused");
    }

    @Test
    void whatIsMalformedCountsAsMissing() {
        Parked parked = Letters.parked(Letters.headers(
                "postrider-failed-at", "yesterday",
                "postrider-redrive-count", "many",
                "postrider-source-offset", "-1",
                "postrider-failure", "{",
                "postrider-history", "[]"));

        assertThat(parked.failedAt()).isEqualTo(Instant.ofEpochMilli(1_000));
        assertThat(parked.redrives()).isZero();
        assertThat(parked.source()).isEmpty();
    }
}
