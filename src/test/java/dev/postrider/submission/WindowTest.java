package dev.postrider.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final Instant FROM = Instant.parse("2026-03-01T08:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-01T17:00:00Z");

    private final Window window = new Window(Optional.of(FROM), Optional.of(TO));

    @Test
    void bothEndsBelongToIt() {
        assertThat(window.isAheadAt(FROM.minusNanos(1))).isTrue();
        assertThat(window.isAheadAt(FROM)).isFalse();
        assertThat(window.isOverAt(TO)).isFalse();
        assertThat(window.isOverAt(TO.plusNanos(1))).isTrue();
    }

    @Test
    void whoIsTooLateIsToldTheFieldAndTheTime() {
        assertThatCode(() -> window.requireNotOver(TO)).doesNotThrowAnyException();
        assertThatThrownBy(() -> window.requireNotOver(TO.plusNanos(1)))
                .isInstanceOf(Expired.class)
                .hasMessage("expiresAt 2026-03-01T17:00:00Z has passed");
    }

    @Test
    void anEmptyOneIsNone() {
        assertThatThrownBy(() -> new Window(Optional.of(TO), Optional.of(TO)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sendAt");
    }
}
