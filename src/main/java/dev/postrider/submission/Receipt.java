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

    /** False when someone else has taken over what was not settled in time. */
    default boolean stillOurs() {
        return true;
    }
}
