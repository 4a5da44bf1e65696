package dev.postrider.chaos;

import java.time.Duration;

/** How long nothing has moved. For one thread. */
final class Stillness {

    private final Duration enough;
    private long since = System.nanoTime();

    Stillness(Duration enough) {
        this.enough = enough;
    }

    /** To be asked again and again. */
    boolean enough(boolean still) {
        if (!still) {
            since = System.nanoTime();
        }
        return System.nanoTime() - since > enough.toNanos();
    }
}
