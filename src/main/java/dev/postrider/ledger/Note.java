package dev.postrider.ledger;

import java.time.Instant;

/**
 * What the ledger knows of a leg. There may be a million of these, so they are small.
 *
 * @param content 64 bits of the SHA-256 of the request's content: enough to find a mistake out, no protection from malice
 * @param epochSecond when it was settled; unsigned, which lasts until 2106
 */
public record Note(long content, int epochSecond) {

    static Note of(long content, Instant at) {
        return new Note(content, (int) at.getEpochSecond());
    }

    Instant at() {
        return Instant.ofEpochSecond(Integer.toUnsignedLong(epochSecond));
    }
}
