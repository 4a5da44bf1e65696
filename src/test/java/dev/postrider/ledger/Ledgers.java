package dev.postrider.ledger;

import java.time.Clock;

/** Ledgers for tests of other packages. */
public final class Ledgers {

    private Ledgers() {}

    /** Remembers for a day, until the process ends. */
    public static Ledger inMemory() {
        return new Ledger(Remembering.aDay(), LedgerStore.none(), Clock.systemUTC());
    }
}
