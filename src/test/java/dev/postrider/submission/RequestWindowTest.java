package dev.postrider.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a request may be sent: times as RFC 3339 has them, in an order that leaves some time between them. */
class RequestWindowTest {

    private static final Instant NOW = Instant.parse("2026-02-28T12:00:00Z");
    private static final String AT = "mail.requests-0@17: ";

    private final RequestReader reader =
            new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none(), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void whoSaysNothingMaySendAtAnyTime() throws Exception {
        assertThat(window("'id': 'a'")).isEqualTo(Window.ALWAYS);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T09:00:00+01:00,                2026-03-01T08:00:00Z",
        "2026-03-01T08:00:00Z,                     2026-03-01T08:00:00Z",
        "2026-03-01t08:00:00z,                     2026-03-01T08:00:00Z",
        "2026-03-01T08:00:00.25Z,                  2026-03-01T08:00:00.250Z",
        "2026-03-01T08:00:00.1234567891234Z,       2026-03-01T08:00:00.123456789Z",
        "2026-02-28T23:30:00-08:30,                2026-03-01T08:00:00Z",
        "2026-03-01T08:00:00-00:00,                2026-03-01T08:00:00Z",
        "2028-02-29T08:00:00Z,                     2028-02-29T08:00:00Z",
        "9999-12-31T23:59:59Z,                     9999-12-31T23:59:59Z",
        // A leap second is taken for the second after it.
        "2016-12-31T23:59:60Z,                     2017-01-01T00:00:00Z",
        "2016-12-31T15:59:60.5-08:00,              2017-01-01T00:00:00.500Z"
    })
    void aTimeOfRfc3339IsRead(String written, Instant meant) throws Exception {
        assertThat(window("'expiresAt': '" + written + "'"))
                .isEqualTo(new Window(Optional.empty(), Optional.of(meant)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tomorrow",
                "2026-03-01",
                "2026-03-01T09:00:00", // No offset: nine o'clock where?
                "2026-03-01 09:00:00Z",
                "2026-03-01T09:00Z",
                "2026-03-01T09:00:001Z",
                "2026-03-01T09:00:00.Z",
                "2026-03-01T09:00:00,5Z",
                "2026-03-01T09:00:00+01",
                "2026-03-01T09:00:00+0100",
                "2026-03-01T09:00:00+01:00:30",
                "2026-03-01T09:00:00+25:00",
                "2026-03-01T09:00:00Z[Europe/Berlin]",
                "2026-02-29T09:00:00Z",
                "2026-03-01T24:00:00Z",
                "2026-03-01T09:60:00Z",
                "2026-03-01T09:00:60Z", // No leap second.
                "2026-03-01T23:59:60Z",
                "+12026-03-01T09:00:00Z",
                " 2026-03-01T09:00:00Z",
                "٢٠٢٦-03-01T09:00:00Z",
                "1772355600"
            })
    void whatIsNearItIsRefused(String written) {
        for (String field : new String[] {"sendAt", "expiresAt"}) {
            assertThat(refusal("'" + field + "': '" + written + "'"))
                    .startsWith(AT + "$." + field
                            + ": must be a time with date and offset such as 2026-03-01T09:00:00+01:00 (RFC 3339)");
        }
    }

    @Test
    void aTimeIsAString() {
        assertThat(refusal("'sendAt': 1772355600")).isEqualTo(AT + "$.sendAt: must be a string");
        assertThat(refusal("'expiresAt': []")).isEqualTo(AT + "$.expiresAt: must be a string");
    }

    @Test
    void itIsAtMostFourHundredDaysAhead() throws Exception {
        Instant furthest = NOW.plus(Duration.ofDays(400));

        assertThat(window("'sendAt': '" + furthest + "'").sendAt()).contains(furthest);
        assertThat(refusal("'sendAt': '" + furthest.plusNanos(1) + "'"))
                .startsWith(AT + "$.sendAt: must be at most 400 days ahead");
    }

    @Test
    void aTimeThatHasPassedIsTaken() throws Exception {
        Instant passed = Instant.parse("2016-03-01T08:00:00Z");

        assertThat(window("'sendAt': '" + passed + "', 'expiresAt': '" + passed.plusSeconds(1) + "'"))
                .isEqualTo(new Window(Optional.of(passed), Optional.of(passed.plusSeconds(1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01T08:00:00Z", "2026-03-01T08:59:59+01:00"})
    void itIsNotToExpireBeforeItIsSent(String expiresAt) {
        assertThat(refusal("'sendAt': '2026-03-01T09:00:00+01:00', 'expiresAt': '" + expiresAt + "'"))
                .startsWith(AT + "$.sendAt: must be before 'expiresAt'");
    }

    private Window window(String fields) throws InvalidRequest {
        return reader.read(Arrivals.record(request(fields).replace('\'', '"'))).window();
    }

    private String refusal(String fields) {
        return Refusals.of(reader, request(fields));
    }

    private static String request(String fields) {
        return "{" + fields + ", 'from': 'a@b.c', 'to': ['d@e.f'], 'text': ''}";
    }
}
