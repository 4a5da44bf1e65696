package dev.postrider.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerLineTest {

    private static final Entry ENTRY = new Entry(
            new LegKey(0x0f343b0931126a20L, 0xf133d67c2b018a3bL),
            Note.of(0x9c56cc51b374c3baL, Instant.parse("2026-03-01T04:00:00Z")));

    @Test
    void anEntryIsALine() {
        assertThat(LedgerLine.write(ENTRY)).isEqualTo("0f343b0931126a20f133d67c2b018a3b 9c56cc51b374c3ba 1772337600\n");
    }

    @Test
    void aLineIsAnEntry() {
        assertThat(LedgerLine.read(LedgerLine.write(ENTRY).strip())).contains(ENTRY);
    }

    @Test
    void timeGoesOnAfter2038() {
        Entry late = new Entry(ENTRY.leg(), Note.of(1, Instant.parse("2100-01-01T00:00:00Z")));

        assertThat(LedgerLine.read(LedgerLine.write(late).strip())).contains(late);
        assertThat(late.note().at()).isEqualTo("2100-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0f343b0931126a20f133d67c2b018a3b 9c56cc51b374c3ba 17723376",
                "0f343b0931126a20f133d67c2b018a3b 9c56cc51b374c3ba 1772337600 ",
                "0f343b0931126a20f133d67c2b018a3b-9c56cc51b374c3ba-1772337600",
                "0f343b0931126a20f133d67c2b018a3g 9c56cc51b374c3ba 1772337600",
                "0f343b0931126a20f133d67c2b018a3b 9c56cc51b374c3ba 9999999999",
                "0f343b0931126a20f133d67c2b018a3b 9c56cc51b374c3ba -772337600"
            })
    void whatIsNoEntryIsNone(String line) {
        assertThat(LedgerLine.read(line)).isEmpty();
    }
}
