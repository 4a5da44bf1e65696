package dev.postrider.redrive;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A point in time as it is written on the command line: {@code 2026-03-01T04:00:00Z} (RFC 3339), or {@code 2h} ago. */
final class Moment {

    private static final Pattern AGO = Pattern.compile("(?:\\d{1,6}[dhms])+");
    private static final Pattern STEP = Pattern.compile("(\\d+)([dhms])");
    private static final Map<String, Duration> UNITS = Map.of(
            "d", Duration.ofDays(1),
            "h", Duration.ofHours(1),
            "m", Duration.ofMinutes(1),
            "s", Duration.ofSeconds(1));

    private Moment() {}

    /** Empty if it is neither. */
    static Optional<Instant> parse(String text, Instant now) {
        if (AGO.matcher(text).matches()) {
            Duration ago = Duration.ZERO;
            Matcher step = STEP.matcher(text);
            while (step.find()) {
                ago = ago.plus(UNITS.get(step.group(2)).multipliedBy(Long.parseLong(step.group(1))));
            }
            return Optional.of(now.minus(ago));
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
