package dev.postrider.ledger;

import java.time.Duration;

/** Settings of a ledger, for tests. */
record Remembering(Duration window, int maxIds) implements LedgerConfig {

    static Remembering aDay() {
        return new Remembering(Duration.ofHours(24), 1_000_000);
    }

    static Remembering off() {
        return new Remembering(Duration.ZERO, 1_000_000);
    }

    static Remembering ids(int maxIds) {
        return new Remembering(Duration.ofHours(24), maxIds);
    }
}
