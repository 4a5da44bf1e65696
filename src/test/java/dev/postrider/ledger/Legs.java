package dev.postrider.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.ledger.Ledger.Standing;
import java.util.stream.Stream;

/** What a test does with the legs of a ledger. */
record Legs(Ledger ledger) {

    /** As the relaying of a request does; the leg's content is its name. */
    Standing relay(String leg) {
        byte[] content = leg.getBytes(UTF_8);
        Standing standing = begin(leg, content);
        if (standing == Standing.NEW) {
            ledger.settled(leg, content);
        }
        return standing;
    }

    /** Looks, and leaves nothing under way. */
    Standing ask(String leg, String content) {
        Standing standing = begin(leg, content.getBytes(UTF_8));
        if (standing == Standing.NEW) {
            ledger.leave(leg);
        }
        return standing;
    }

    /** How many of these it knows. */
    long known(Stream<String> legs) {
        return legs.filter(leg -> ask(leg, leg) == Standing.SETTLED).count();
    }

    private Standing begin(String leg, byte[] content) {
        try {
            return ledger.begin(leg, content);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Stream<String> numbered(int from, int to) {
        return Stream.iterate(from, i -> i < to, i -> i + 1).map(i -> "order-" + i);
    }
}
