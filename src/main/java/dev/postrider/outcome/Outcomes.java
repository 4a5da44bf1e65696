package dev.postrider.outcome;

import java.util.List;

/** Where outcomes go. Thread-safe. */
public interface Outcomes {

    /**
     * Returns when all are stored, those of one request in this order. When it fails, some may be stored; all of them can
     * be stored again, and who reads them recognises the repetition by the event's id.
     */
    void store(List<Outcome> outcomes) throws Exception;

    /** Lets go of what it holds; everything is stored already. */
    default void close() {}
}
