package dev.postrider.submission;

import java.util.Objects;

/**
 * What came in at the door, before anyone has read it.
 *
 * @param content byte for byte as it came; null for a record without a value or a file that could not be read
 * @param receipt to be settled when all is done
 */
public record Arrival(Origin origin, byte[] content, Receipt receipt) {

    public Arrival {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(receipt, "receipt");
    }
}
