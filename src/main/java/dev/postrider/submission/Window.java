package dev.postrider.submission;

import java.time.Instant;
import java.util.Optional;

/**
 * The time within which a request may be sent.
 *
 * @param sendAt not before; empty: at once
 * @param expiresAt not after; empty: however late
 */
public record Window(Optional<Instant> sendAt, Optional<Instant> expiresAt) {

    /** Of a request that says nothing about it. */
    public static final Window ALWAYS = new Window(Optional.empty(), Optional.empty());

    public Window {
        if (sendAt.isPresent() && expiresAt.isPresent() && !sendAt.get().isBefore(expiresAt.get())) {
            throw new IllegalArgumentException("sendAt " + sendAt.get() + ": not before expiresAt " + expiresAt.get());
        }
    }

    /** Whether it is still to come at this time. */
    public boolean isAheadAt(Instant time) {
        return sendAt.filter(time::isBefore).isPresent();
    }

    /** Whether it has passed by this time. */
    public boolean isOverAt(Instant time) {
        return expiresAt.filter(time::isAfter).isPresent();
    }

    /** @throws Expired when it has passed by now */
    public void requireNotOver(Instant now) {
        if (isOverAt(now)) {
            throw new Expired(expiresAt.orElseThrow());
        }
    }
}
