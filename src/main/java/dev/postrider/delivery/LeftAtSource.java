package dev.postrider.delivery;

/** We shut down before a disposition was stored: the request is not acknowledged and comes again. */
public final class LeftAtSource extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeftAtSource(String what) {
        super("shutting down; did not " + what);
    }
}
