package dev.postrider.submission;

import java.time.Instant;

/** The request was not to be sent after a time that has passed. Only its author can give it another. */
public final class Expired extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Expired(Instant expiresAt) {
        super("expiresAt " + expiresAt + " has passed");
    }
}
