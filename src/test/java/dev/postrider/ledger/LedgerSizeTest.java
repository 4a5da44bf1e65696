package dev.postrider.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The number the operator's page gives. */
class LedgerSizeTest {

    private static final int MILLION = 1_000_000;

    @Test
    void aMillionIdsTake105BytesEach() {
        Moved clock = new Moved();
        RecentLegs legs = new RecentLegs(Duration.ofHours(24), MILLION, clock);
        long before = heap();

        try {
            for (long i = 0; i < MILLION; i++) {
                // Fingerprints are as good as random; so is a multiple of a large odd number.
                legs.add(new Entry(new LegKey(i * 0x9E3779B97F4A7C15L, i), Note.of(i, clock.instant())));
            }
            long bytes = (heap() - before) / MILLION;

            assertThat(legs.size()).isEqualTo(MILLION);
            assertThat(bytes).isBetween(95L, 110L);
        } finally {
            Reference.reachabilityFence(legs);
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
