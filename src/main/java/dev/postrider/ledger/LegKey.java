package dev.postrider.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A leg as the ledger knows it: 128 bits of its SHA-256. Among a billion legs, the odds that two are mistaken for
 * each other are below 1 to 10^20. */
public record LegKey(long high, long low) {

    static final int BYTES = 16;

    static LegKey of(String leg) {
        return read(Fingerprint.of(leg.getBytes(StandardCharsets.UTF_8)));
    }

    static LegKey read(ByteBuffer bytes) {
        return new LegKey(bytes.getLong(), bytes.getLong());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }
}
