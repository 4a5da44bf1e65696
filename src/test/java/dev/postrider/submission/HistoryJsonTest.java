package dev.postrider.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryJsonTest {

    private static final Instant AT = Instant.parse("2026-03-01T04:00:00.5Z");
    private static final HistoryJson.Source RECORD = new HistoryJson.Source.Topic("mail.requests", 3, 17, AT);
    private static final HistoryJson.Source FILE = new HistoryJson.Source.File("räksmörgås \"1\".json");

    @Test
    void whatIsWrittenIsRead() {
        History history = new History(
                2,
                List.of("ann@example.org", "\"b \\\" c\"@example.org"),
                List.of(new History.Attempt(AT, "451 \"x\""), new History.Attempt(AT, "452 4.5.3", false)));

        assertThat(read(HistoryJson.write(history, RECORD, Optional.of(AT))))
                .isEqualTo(new HistoryJson(history, Optional.of(RECORD), Optional.of(AT)));
        assertThat(read(HistoryJson.write(history, FILE, Optional.empty())))
                .isEqualTo(new HistoryJson(history, Optional.of(FILE), Optional.empty()));
        assertThat(read(HistoryJson.write(history.waiting(), RECORD, Optional.empty())))
                .isEqualTo(new HistoryJson(history.waiting(), Optional.of(RECORD), Optional.empty()));
        assertThat(read(HistoryJson.write(History.none(), RECORD, Optional.empty())))
                .isEqualTo(new HistoryJson(History.none(), Optional.of(RECORD), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\0\0\0",
                "\0\0\0\1",
                "null",
                "{\"recipients\":[]}",
                "{\"recipients\":\"ann@example.org\"}",
                "{\"recipients\":[17]}",
                "{\"attempts\":[{}]}",
                "{\"attempts\":[{\"at\":\"yesterday\",\"reply\":\"451\"}]}",
                "{\"source\":{\"topic\":\"mail.requests\"}}",
                "{\"due\":17}",
                "{\"redrives\":0",
                "{\"redrives\":-1}",
                "{\"redrives\":1e400}",
                "{\"redrives\":4294967296}",
                "{\"recipients\":[\"ann@example.org\",\"ann@example.org\"]}",
                "{\"recipients\":[\"ann@example.org\\r\\nRCPT TO:<eve@example.org>\"]}",
                "{\"attempts\":{}}",
                "{\"attempts\":[{\"at\":\"+1000000000-12-31T23:59:59.999999999Z\",\"reply\":\"451\"}]}",
                "{\"attempts\":[{\"at\":\"-1000000000-01-01T00:00:00Z\",\"reply\":\"451\"}]}",
                "{\"due\":\"9999-12-31T23:59:59Z\"}",
                "{\"source\":{\"topic\":\"a\\n\\u001b[31mERROR\",\"partition\":0,\"offset\":1,\"timestamp\":\"2026-03-01T04:00:00Z\"}}",
                "{\"source\":{\"topic\":\"\",\"partition\":0,\"offset\":1,\"timestamp\":\"2026-03-01T04:00:00Z\"}}",
                "{\"source\":{\"topic\":\"mail.requests\",\"partition\":-1,\"offset\":1,\"timestamp\":\"2026-03-01T04:00:00Z\"}}",
                "{\"source\":{\"topic\":\"mail.requests\",\"partition\":0,\"offset\":1.5,\"timestamp\":\"2026-03-01T04:00:00Z\"}}"
            })
    void halfAHistoryIsNone(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void moreThanARequestCanHaveIsNoHistory() {
        String recipients = IntStream.range(0, 1001)
                .mapToObj(n -> "\"r" + n + "@example.org\"")
                .collect(Collectors.joining(","));
        String attempts = String.join(",", Collections.nCopies(2001, "{\"at\":\"" + AT + "\",\"reply\":\"451\"}"));

        assertThatThrownBy(() -> read("{\"recipients\":[" + recipients + "]}"))
                .hasMessage("'recipients' has more than 1000");
        assertThatThrownBy(() -> read("{\"attempts\":[" + attempts + "]}")).hasMessage("'attempts' has more than 2000");
    }

    @Test
    void aRecordOfAnyTimestampCanBeDeferred() {
        for (long timestamp : new long[] {-1, 0, Long.MAX_VALUE}) {
            HistoryJson.Source source =
                    new HistoryJson.Source.Topic("mail.requests", 0, 17, Instant.ofEpochMilli(timestamp));

            assertThat(read(HistoryJson.write(History.none(), source, Optional.empty()))
                            .source())
                    .contains(source);
        }
    }

    @Test
    void aReplyIsCutWhereNobodyReadsOn() {
        assertThat(new History.Attempt(AT, "😀".repeat(1_000)).reply()).isEqualTo("😀".repeat(500));
        assertThat(new History.Attempt(AT, "x" + "😀".repeat(1_000)).reply()).isEqualTo("x" + "😀".repeat(499));
    }

    private static HistoryJson read(String text) {
        return HistoryJson.read(text.getBytes(UTF_8));
    }
}
