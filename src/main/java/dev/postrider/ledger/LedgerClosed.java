package dev.postrider.ledger;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** We are stopping and the ledger would have to be waited for: the request stays with its source. */
@RegisterForReflection // The failure policy may name it.
public final class LedgerClosed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LedgerClosed() {
        super("shutting down; the ledger was not asked");
    }
}
