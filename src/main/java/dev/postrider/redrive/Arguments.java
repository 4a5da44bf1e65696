package dev.postrider.redrive;

import dev.postrider.submission.AddressSyntax;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reads what stands on the command line. Whatever is not understood is refused before anything is looked at. */
final class Arguments {

    private final ParseResult parsed;
    private final Instant now;

    Arguments(ParseResult parsed, Instant now) {
        this.parsed = parsed;
        this.now = now;
    }

    Selection selection() {
        List<Place> which = parsed.matchedPositionalValue(0, List.<String>of()).stream()
                .map(this::place)
                .toList();
        boolean all = parsed.commandSpec().findOption("--all") != null && parsed.hasMatchedOption("--all");
        return new Selection(
                from(), which, filter(), all ? Selection.Everything.ASKED_FOR : Selection.Everything.NOT_ASKED_FOR);
    }

    Listing.Form form() {
        return parsed.hasMatchedOption("--json") ? Listing.Form.JSON : Listing.Form.TABLE;
    }

    RunOrder order() {
        int maxRedrives = parsed.matchedOptionValue("--max-redrives", RunOrder.MAX_REDRIVES);
        int limit = parsed.matchedOptionValue("--limit", Integer.MAX_VALUE);
        if (maxRedrives < 1 || limit < 1) {
            throw wrong("--max-redrives and --limit: at least 1");
        }
        return new RunOrder(
                parsed.hasMatchedOption("--dry-run") ? RunOrder.Mode.DRY_RUN : RunOrder.Mode.FOR_REAL,
                edit(),
                maxRedrives,
                limit,
                parsed.hasMatchedOption("--yes") ? RunOrder.Consent.GIVEN : RunOrder.Consent.ASK);
    }

    private Set<Selection.From> from() {
        String from = parsed.matchedOptionValue("--from", "");
        return switch (from) {
            case "" -> Set.of(Selection.From.values());
            case "topic" -> Set.of(Selection.From.TOPIC);
            case "folder" -> Set.of(Selection.From.FOLDER);
            default -> throw wrong("--from " + from + ": topic or folder");
        };
    }

    private Place place(String text) {
        return Place.parse(text)
                .orElseThrow(() -> wrong("'" + text
                        + "' is no dead letter's place such as mail.dead-letters-0@17 or dead-letters/order.json;"
                        + " if it is the id of a request: --id " + text));
    }

    private Filter filter() {
        List<String> reasons = texts("--reason");
        reasons.stream().filter(reason -> !Syntax.REASONS.contains(reason)).forEach(unknown -> {
            throw wrong("--reason " + unknown + ": one of " + String.join(", ", Syntax.REASONS));
        });
        return new Filter(
                reasons,
                texts("--reply-code").stream().map(this::replyCode).toList(),
                texts("--enhanced-code"),
                texts("--recipient-domain").stream()
                        .map(domain -> Address.domain(domain.toLowerCase(Locale.ROOT)))
                        .toList(),
                moment("--since"),
                moment("--until"),
                texts("--id"),
                parsed.hasMatchedOption("--retryable") ? Filter.Retry.RETRYABLE : Filter.Retry.ANY);
    }

    /** 451, 45, 4; and 4xx or 4yz, as people write it. */
    private String replyCode(String text) {
        String digits = text.replaceFirst("(?<=\\d)[xyzXYZ]{1,2}$", "");
        if (!digits.matches("[2-5]\\d{0,2}") || text.length() > 3) {
            throw wrong("--reply-code " + text + ": a code such as 451, or 4 for all of 4yz");
        }
        return digits;
    }

    private Optional<Instant> moment(String option) {
        Optional<String> text = Optional.ofNullable(parsed.<String>matchedOptionValue(option, null));
        return text.map(given -> Moment.parse(given, now)
                .orElseThrow(() -> wrong(option + " " + given
                        + ": a time such as 2026-03-01T04:00:00Z, or 90s, 30m, 2h, 1d for so long ago")));
    }

    private Edit edit() {
        Map<String, String> replaced = pairs("--set-recipient", "OLD=NEW");
        replaced.values()
                .forEach(address -> AddressSyntax.faultOf(address).ifPresent(fault -> {
                    throw wrong("--set-recipient " + address + ": " + fault);
                }));
        Map<String, String> set = pairs("--edit", "FIELD=TEXT");
        set.keySet().stream().filter(field -> !Edit.FIELDS.contains(field)).forEach(field -> {
            throw wrong("--edit " + field + ": one of " + String.join(", ", Edit.FIELDS)
                    + "; recipients have --set-recipient and --drop-recipient");
        });
        return new Edit(replaced, texts("--drop-recipient"), set, texts("--unset"));
    }

    private Map<String, String> pairs(String option, String form) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : texts(option)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw wrong(option + " " + pair + ": " + form + " is asked for");
            }
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }

    private List<String> texts(String option) {
        return parsed.matchedOptionValue(option, List.<String>of());
    }

    ParameterException wrong(String why) {
        CommandLine command = parsed.commandSpec().commandLine();
        return new ParameterException(command, why);
    }
}
