package dev.postrider.intake;

/** The record headers that are ours. Everything else a record carries is its sender's, and goes with it untouched. */
public final class PostriderHeaders {

    /** What they all begin with. */
    public static final String PREFIX = "postrider-";

    /** When a deferred record's time has come (RFC 3339). */
    public static final String DUE = PREFIX + "due";

    /** What had become of a request before, see {@code submission.History}. */
    public static final String HISTORY = PREFIX + "history";

    private PostriderHeaders() {}
}
