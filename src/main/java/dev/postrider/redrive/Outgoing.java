package dev.postrider.redrive;

import java.util.List;
import java.util.Optional;

/**
 * What goes back.
 *
 * @param content the request, edited or byte for byte; empty for a record that never had a value
 * @param recipients those it is for; empty for all that the request names
 * @param changes what the edit did to it, line by line; none when it goes back as it was
 */
record Outgoing(Optional<byte[]> content, List<String> recipients, List<String> changes) {

    Outgoing {
        recipients = List.copyOf(recipients);
        changes = List.copyOf(changes);
    }

    static Outgoing unchanged(Letter letter) throws Refused {
        return new Outgoing(letter.content(), letter.parked().remaining(), List.of());
    }

    boolean edited() {
        return !changes.isEmpty();
    }
}
