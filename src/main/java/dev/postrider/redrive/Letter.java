package dev.postrider.redrive;

import java.util.Optional;

/** A dead letter within reach. */
interface Letter {

    /** What is known of it. */
    Parked parked();

    /**
     * The request, byte for byte; empty for a record that never had a value.
     *
     * @throws Refused when it cannot be had
     */
    Optional<byte[]> content() throws Refused;
}
