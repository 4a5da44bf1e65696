package dev.postrider.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.Usage.Use;
import org.junit.jupiter.api.Test;

class UsageTest {

    private final Usage usage = new Usage(new SmtpSettings(), new HandClock());

    @Test
    void aSessionThatIsUsedCountsUntilItIsNot() {
        Use use = usage.begin();
        assertThat(usage.free()).isFalse();

        usage.end(use);

        assertThat(usage.free()).isTrue();
    }

    @Test
    void theSessionThatIsLeftWhenAnotherWasRefusedIsNotOneTooMany() {
        Use first = usage.begin();
        assertThat(usage.relayed(first)).isTrue();
        Use second = usage.begin();

        assertThat(usage.refused(second, 0)).isTrue();
        usage.end(first);

        assertThat(usage.allowed()).isEqualTo(1);
        assertThat(usage.tooMany(1)).isFalse();
        assertThat(usage.free()).isTrue();
    }

    @Test
    void theOnlySessionThatIsRefusedLeavesNoneToMakeDoWith() {
        Use only = usage.begin();

        assertThat(usage.refused(only, 0)).isFalse();

        assertThat(usage.free()).as("not yet given back").isFalse();
    }

    @Test
    void whatWasInUseBeforeAStopNeitherCountsNorTells() {
        Use stuck = usage.begin();

        usage.startAgain();

        assertThat(usage.free()).isTrue();
        assertThat(usage.relayed(stuck)).isFalse();
        assertThat(usage.throttled(stuck)).isFalse();
        usage.end(stuck);
        Use next = usage.begin();
        assertThat(usage.free()).isFalse();
        usage.end(next);
        assertThat(usage.free()).isTrue();
    }
}
