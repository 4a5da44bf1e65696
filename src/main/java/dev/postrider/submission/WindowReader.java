package dev.postrider.submission;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads when a request may be sent. Thread-safe. */
final class WindowReader {

    /** Further ahead it is a slip of the pen, such as a year too many. */
    private static final Duration FURTHEST = Duration.ofDays(400);

    private final Clock clock;

    WindowReader(Clock clock) {
        this.clock = clock;
    }

    /** {@link Window#ALWAYS} if it is a violation. */
    Window read(Field request, Violations violations) {
        Field field = request.member("sendAt");
        Optional<Instant> sendAt = time(field, violations);
        Optional<Instant> expiresAt = time(request.member("expiresAt"), violations);
        if (sendAt.isPresent() && sendAt.get().isAfter(clock.instant().plus(FURTHEST))) {
            violations.add(field, "must be at most " + FURTHEST.toDays() + " days ahead");
        }
        if (sendAt.isPresent() && expiresAt.isPresent() && !sendAt.get().isBefore(expiresAt.get())) {
            violations.add(field, "must be before 'expiresAt'");
            return Window.ALWAYS;
        }
        return new Window(sendAt, expiresAt);
    }

    private static Optional<Instant> time(Field field, Violations violations) {
        Optional<Instant> time = field.text().flatMap(DateTime::parse);
        if (field.isPresent() && time.isEmpty()) {
            violations.add(field, "must be a time with date and offset such as 2026-03-01T09:00:00+01:00 (RFC 3339)");
        }
        return time;
    }
}
