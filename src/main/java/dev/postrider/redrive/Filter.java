package dev.postrider.redrive;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Which dead letters are meant. Of several values for one criterion one has to fit; several criteria have to fit all.
 *
 * @param replyCodes {@code 451}, or the beginning of one: {@code 4}, {@code 45}
 * @param enhancedCodes {@code 4.2.1} or a pattern: {@code 4.7.*}
 * @param domains of a recipient left over; or a pattern: {@code *.example.org}
 * @param since failed at this instant or later
 * @param until failed before this instant
 * @param ids exact or a pattern: {@code order-*}
 */
record Filter(
        List<String> reasons,
        List<String> replyCodes,
        List<String> enhancedCodes,
        List<String> domains,
        Optional<Instant> since,
        Optional<Instant> until,
        List<String> ids,
        Retry retry) {

    /** Whether another try has to make sense. */
    enum Retry {
        ANY,
        RETRYABLE
    }

    static final Filter NONE = new Filter(
            List.of(), List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), List.of(), Retry.ANY);

    boolean isNone() {
        return equals(NONE);
    }

    /** @param named all recipients of the request, asked for only if the dead letter itself names none */
    boolean matches(Parked parked, Supplier<List<String>> named) {
        return (retry == Retry.ANY || parked.retryable())
                && (reasons.isEmpty() || reasons.contains(parked.reason()))
                && since.stream().noneMatch(start -> parked.failedAt().isBefore(start))
                && until.stream().allMatch(end -> parked.failedAt().isBefore(end))
                && (ids.isEmpty() || any(ids, parked.id().stream().toList()))
                && (enhancedCodes.isEmpty() || any(enhancedCodes, parked.enhancedCodes()))
                && (replyCodes.isEmpty() || replied(parked))
                && (domains.isEmpty()
                        || any(domains, domains(parked.remaining().isEmpty() ? named.get() : parked.remaining())));
    }

    private boolean replied(Parked parked) {
        return parked.replies().stream()
                .filter(reply -> reply.matches("(?s)\\d{3}\\b.*"))
                .anyMatch(reply -> replyCodes.stream().anyMatch(reply::startsWith));
    }

    private static List<String> domains(List<String> recipients) {
        return recipients.stream().map(Address::domain).toList();
    }

    private static boolean any(List<String> globs, List<String> values) {
        return globs.stream()
                .map(Filter::pattern)
                .anyMatch(glob ->
                        values.stream().anyMatch(value -> glob.matcher(value).matches()));
    }

    /** {@code *} is any text and {@code ?} any character; the rest is itself. */
    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder("(?s)");
        for (int i = 0; i < glob.length(); i++) {
            switch (glob.charAt(i)) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(glob.charAt(i))));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
