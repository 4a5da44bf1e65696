package dev.postrider.outcome;

import java.time.Instant;
import java.util.Optional;

/**
 * One try of a request.
 *
 * @param redrives how often the request was sent back from the dead letters
 * @param number counted from 1 and anew after each redrive; 0 when there was none, as for an invalid request
 * @param at when it ended
 * @param relay where to: {@code host:port}
 * @param next when the next one is due
 */
public record Attempt(int redrives, int number, Instant at, String relay, Optional<Instant> next) {

    public Attempt {
        if (redrives < 0 || number < 0) {
            throw new IllegalArgumentException("attempt " + redrives + "." + number + ": counted from 0");
        }
    }
}
