package dev.postrider.chaos;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * How the relay treats a recipient, told by the beginning of the address ({@code gone-kill-17@chaos.example}), and so what
 * has to become of it.
 */
enum Behaviour {
    /** Accepted. */
    OK,
    /** Put off the first time, accepted the second. */
    ONCE,
    /** Put off every time. */
    BUSY,
    /** Refused for good. */
    GONE,
    /** The request is not even one. */
    POISON;

    static Behaviour of(String recipient) {
        String name = recipient.substring(0, recipient.indexOf('-')).toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(behaviour -> behaviour.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("none of ours: " + recipient));
    }

    /** The recipient of this behaviour in a request. */
    String address(String id) {
        return name().toLowerCase(Locale.ROOT) + "-" + id + "@" + Mix.DOMAIN;
    }

    /** Whether this is where such a recipient may end up. */
    boolean allows(String end) {
        return switch (this) {
            case OK, ONCE -> end.equals("relayed");
            case BUSY -> Set.of("waiting", "deferred", "expired").contains(end);
            case GONE -> end.equals("failed");
            case POISON -> end.equals("invalid-request");
        };
    }
}
