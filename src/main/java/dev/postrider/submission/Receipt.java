package dev.postrider.submission;

import java.io.IOException;

/** What the source wants back: once it is settled, the request does not come again. */
@FunctionalInterface
public interface Receipt {

    /**
     * Every recipient has a disposition that is safely stored. Any thread; a second call does nothing.
     *
     * @throws IOException when the source could not be told; it is worth another try
     */
    void settle() throws IOException;

    /**
     * To be asked before anything is done that must not be done twice: relaying, parking. Once this has said yes, a source
     * that is to be handed over waits a while for the request to be settled.
     *
     * @return false when somebody else has the source by now, or is to have it: then the request is theirs
     */
    default boolean begin() {
        return true;
    }

    /** Whether it may begin now: not while what becomes of requests cannot be stored. Costs next to nothing. */
    default boolean mayBegin() {
        return true;
    }

    /**
     * Waits until it may begin.
     *
     * @return false when Postrider stops before that
     */
    default boolean awaitTurn() throws InterruptedException {
        return true;
    }

    /** What has begun came to nothing so far, and waits to begin again. */
    default void pause() {}

    /** Gives the room back without settling: the request comes again, to whomever has the source then. */
    default void leave() {}
}
