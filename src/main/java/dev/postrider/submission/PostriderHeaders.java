package dev.postrider.submission;

/** The record headers that are ours. Everything else a record carries is its sender's, and goes with it untouched. */
public final class PostriderHeaders {

    /** What they all begin with. */
    public static final String PREFIX = "postrider-";

    public static final String ID = PREFIX + "id";
    public static final String REASON = PREFIX + "reason";
    public static final String DETAIL = PREFIX + "detail";
    public static final String RETRYABLE = PREFIX + "retryable";
    public static final String REPLY = PREFIX + "reply";
    public static final String ENHANCED_CODE = PREFIX + "enhanced-code";
    public static final String REMAINING_RECIPIENTS = PREFIX + "remaining-recipients";
    public static final String FAILED_AT = PREFIX + "failed-at";
    public static final String SOURCE_TOPIC = PREFIX + "source-topic";
    public static final String SOURCE_PARTITION = PREFIX + "source-partition";
    public static final String SOURCE_OFFSET = PREFIX + "source-offset";
    public static final String SOURCE_TIMESTAMP = PREFIX + "source-timestamp";
    public static final String REDRIVE_COUNT = PREFIX + "redrive-count";
    public static final String FAILURE = PREFIX + "failure";
    /** What had become of a request before, as {@link HistoryJson}. */
    public static final String HISTORY = PREFIX + "history";

    public static final String REDRIVEN_FROM = PREFIX + "redriven-from";

    /** Says that the value did not fit into the topic of dead letters. */
    public static final String CONTENT = PREFIX + "content";

    /** What was left out of a dead letter so that it fits into its topic, in words. */
    public static final String SHORTENED = PREFIX + "shortened";

    /** When a deferred record's time has come (RFC 3339). */
    public static final String DUE = PREFIX + "due";

    /** How many attempts there were. */
    public static final String ATTEMPTS = PREFIX + "attempts";

    private PostriderHeaders() {}
}
