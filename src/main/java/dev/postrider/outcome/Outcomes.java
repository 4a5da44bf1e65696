package dev.postrider.outcome;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where outcomes go. Thread-safe. */
public interface Outcomes {

    /**
     * Has them stored, those of one request in this order, and tells when all are. When it fails, some may be stored; all of
     * them can be stored again, and who reads them recognises the repetition by the event's id.
     */
    CompletableFuture<Void> store(List<Outcome> outcomes);

    /** Lets go of what it holds; everything is stored already. */
    default void close() {}
}
