package dev.postrider.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
                List.of(new History.Attempt(AT, "451 \"x\"")));

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
                "null",
                "{\"recipients\":[]}",
                "{\"recipients\":\"ann@example.org\"}",
                "{\"recipients\":[17]}",
                "{\"attempts\":[{}]}",
                "{\"attempts\":[{\"at\":\"yesterday\",\"reply\":\"451\"}]}",
                "{\"source\":{\"topic\":\"mail.requests\"}}",
                "{\"due\":17}",
                "{\"redrives\":0"
            })
    void halfAHistoryIsNone(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static HistoryJson read(String text) {
        return HistoryJson.read(text.getBytes(UTF_8));
    }
}
