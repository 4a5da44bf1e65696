package dev.postrider.smtp;

/** What a transaction tells about how much the relay takes at once. */
enum Verdict {
    /** It took the message, for somebody at least. */
    RELAYED,
    /** It wants less at once. */
    THROTTLED,
    /** Nothing: a refusal of this message, or no word at all. */
    NOTHING
}
