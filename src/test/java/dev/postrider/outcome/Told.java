package dev.postrider.outcome;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Outcomes for tests: one of every disposition, and what they may hold. */
final class Told {

    static final Instant FOUR = Instant.parse("2026-03-01T04:00:00.214Z");

    private static final String RELAY = "relay.example.com:587";
    private static final Map<String, String> METADATA = Map.of("tenant", "Nörd ☃", "line", "one\ntwo");

    private Told() {}

    static Outcome relayed(String id, String recipient) {
        return about(id, recipient, "relayed", attempt(Optional.empty()), said("FINAL_DOT", 250, "2.0.0", "queued"));
    }

    static Outcome deferred() {
        Optional<RelayWord> busy = said("RCPT", 451, "4.2.1", "mailbox \"busy\"");
        return about("order-17", "grace@example.org", "deferred", attempt(Optional.of(FOUR.plusSeconds(60))), busy);
    }

    static Outcome failed() {
        return new Outcome(
                "order-17",
                Optional.of("nobody@example.org"),
                "failed",
                attempt(Optional.empty()),
                said("RCPT", 550, "5.1.1", "no such user here"),
                Optional.of("refused"),
                Optional.of("1 of 3 recipients not relayed"),
                Optional.of("<order-17@example.com>"),
                "mail.requests-0@17",
                METADATA);
    }

    /** Nobody was tried. */
    static Outcome invalid(String detail) {
        return new Outcome(
                "mail.requests-0@18",
                Optional.empty(),
                "failed",
                new Attempt(0, 0, FOUR, RELAY, Optional.empty()),
                Optional.empty(),
                Optional.of("invalid-request"),
                Optional.of(detail),
                Optional.empty(),
                "mail.requests-0@18",
                Map.of());
    }

    static Outcome unknown() {
        RelayWord lost = new RelayWord("FINAL_DOT", 0, Optional.empty(), "connection reset");
        return about("order-17", "ada@example.org", "unknown", attempt(Optional.empty()), Optional.of(lost));
    }

    static Outcome duplicate(String source) {
        return new Outcome(
                "order-17",
                Optional.empty(),
                "duplicate",
                attempt(Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.of("relayed before"),
                Optional.empty(),
                source,
                METADATA);
    }

    static List<Outcome> ofEveryKind() {
        return List.of(
                relayed("order-17", "ada@example.org"),
                deferred(),
                failed(),
                invalid("$.text: 'text', 'html' or both"),
                unknown(),
                duplicate("inbox/order-17~2.json"));
    }

    private static Outcome about(
            String id, String recipient, String disposition, Attempt attempt, Optional<RelayWord> reply) {
        return new Outcome(
                id,
                Optional.of(recipient),
                disposition,
                attempt,
                reply,
                Optional.empty(),
                Optional.empty(),
                Optional.of("<" + id + "@example.com>"),
                "mail.requests-0@17",
                METADATA);
    }

    private static Attempt attempt(Optional<Instant> next) {
        return new Attempt(1, 2, FOUR, RELAY, next);
    }

    private static Optional<RelayWord> said(String stage, int code, String enhanced, String text) {
        return Optional.of(new RelayWord(stage, code, Optional.of(enhanced), text));
    }
}
