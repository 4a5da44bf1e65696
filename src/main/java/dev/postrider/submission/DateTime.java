package dev.postrider.submission;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code date-time} of RFC 3339 §5.6, and nothing near it: java.time also takes times without seconds, years of five
 * digits and offsets with seconds.
 */
final class DateTime {

    /** Of the fraction nine digits count: a clock has no more. */
    private static final Pattern FORM = Pattern.compile("(?<minute>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:)"
            + "(?<second>\\d\\d)((?<fraction>\\.\\d{1,9})\\d*)?(?<offset>Z|[+-]\\d\\d:\\d\\d)");

    private static final String LEAP_SECOND = "60";

    private DateTime() {}

    /** Empty when it is none. */
    static Optional<Instant> parse(String text) {
        Matcher form = FORM.matcher(text.toUpperCase(Locale.ROOT)); // §5.6: "t" and "z" mean the same.
        if (!form.matches()) {
            return Optional.empty();
        }
        boolean leap = form.group("second").equals(LEAP_SECOND);
        String fraction = Optional.ofNullable(form.group("fraction")).orElse("");
        try {
            OffsetDateTime time = OffsetDateTime.parse(
                    form.group("minute") + (leap ? "59" : form.group("second")) + fraction + form.group("offset"));
            return leap ? afterLeapSecond(time.toInstant()) : Optional.of(time.toInstant());
        } catch (DateTimeException e) { // 30 February, 24:00, or an offset nobody has.
            return Optional.empty();
        }
    }

    /** §5.7: leap seconds are the last of a month in UTC. Our clocks have none; theirs is the second after it. */
    private static Optional<Instant> afterLeapSecond(Instant before) {
        OffsetDateTime after = before.plusSeconds(1).atOffset(ZoneOffset.UTC);
        boolean endOfMonth = after.getDayOfMonth() == 1
                && after.toLocalTime().truncatedTo(ChronoUnit.SECONDS).equals(LocalTime.MIDNIGHT);
        return endOfMonth ? Optional.of(after.toInstant()) : Optional.empty();
    }
}
