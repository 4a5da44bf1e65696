package dev.postrider.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.submission.RequestLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapRoomTest {

    private static final int MEBI = 1 << 20;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # heap | request-bytes | in-flight-bytes | may be | may be
              1024 | 36            | 64              | 36     | 64
              490  | 36            | 64              | 36     | 64
              256  | 36            | 64              | 17     | 30
              256  | 10            | 64              | 10     | 38
              256  | 36            | 32              | 16     | 32
              256  | 10            | 32              | 10     | 32
              64   | 36            | 64              | 1      | 3
            """)
    void aDefaultGivesWayWhereTheHeapIsSmall(int heap, int request, long inFlight, int requestMay, long inFlightMay) {
        HeapRoom room = HeapRoom.in((long) heap * MEBI, request * MEBI, inFlight * MEBI);

        assertThat(room.requestBytes() / MEBI).isEqualTo(requestMay);
        assertThat(room.inFlightBytes() / MEBI).isEqualTo(inFlightMay);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # heap | request-bytes | in-flight-bytes
              256  | 40            | 30
              256  | 40            | 64
              256  | 36            | 100
              48   | 36            | 64
              32   | 1             | 1
            """)
    void whatCannotFitIsRefusedWithBothSettingsAndTheHeap(int heap, int request, long inFlight) {
        assertThatThrownBy(() -> HeapRoom.in((long) heap * MEBI, request * MEBI, inFlight * MEBI))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("postrider.intake.in-flight-bytes (" + inFlight
                        + " MiB) and postrider.limits.request-bytes (" + request
                        + " MiB) do not fit into the heap of " + heap + " MiB: ")
                .hasMessageEndingWith("give it more: -Xmx" + (40 + 9 * (request + inFlight) / 2) + "m");
    }

    @Test
    void theDefaultsAreThoseOfTheSettings() {
        assertThat(RequestLimits.defaults().maxRequestBytes()).isEqualTo(36 * MEBI);
        assertThat(Settings.all().get("postrider.limits.request-bytes")).contains(Integer.toString(36 * MEBI));
        assertThat(Settings.all().get("postrider.intake.in-flight-bytes")).contains("64M");
    }
}
