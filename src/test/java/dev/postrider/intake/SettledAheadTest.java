package dev.postrider.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettledAheadTest {

    @Test
    void runsAreJoined() {
        assertThat(SettledAhead.write(100, new TreeSet<>(List.of(101L, 103L, 104L, 105L, 200L))))
                .isEqualTo("a:1,3-5,100");
    }

    @Test
    void nothingAheadIsNothingWritten() {
        assertThat(SettledAhead.write(100, new TreeSet<>())).isEmpty();
        assertThat(SettledAhead.read(100, "")).isEmpty();
    }

    @Test
    void whateverIsWrittenIsReadBackAndNeverMore() {
        Random random = new Random(17);
        for (int round = 0; round < 500; round++) {
            long committed = random.nextInt(1_000_000);
            SortedSet<Long> settled = new TreeSet<>();
            for (int n = random.nextInt(3_000); n > 0; n--) {
                settled.add(committed + 1 + random.nextInt(20_000));
            }

            String metadata = SettledAhead.write(committed, settled);
            SortedSet<Long> read = SettledAhead.read(committed, metadata);

            assertThat(metadata.length()).isLessThanOrEqualTo(SettledAhead.MAX_LENGTH);
            assertThat(settled).containsAll(read);
            if (metadata.length() < SettledAhead.MAX_LENGTH - 20) {
                assertThat(read).isEqualTo(settled);
            }
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"x", "a:", "a:1,", "a:-1", "a:1-", "b:1", "a:99999999999999999999", "{\"json\": 1}"})
    void metadataOfSomeoneElseSaysNothing(String metadata) {
        assertThat(SettledAhead.read(100, metadata)).isEmpty();
    }
}
