package dev.postrider.smtp;

/** How boldly a transaction is begun. */
enum Manner {
    /** All that the relay offers is used. */
    BOLD,
    /**
     * The content is kept back until the relay has answered: it may have closed a session that idled, or that has served as
     * many messages as it allows for, and a message that was sent into it whole would count as unknown.
     */
    ENVELOPE_FIRST,
    /** Nothing is said ahead of a reply: a session was lost with this message before. */
    ONE_BY_ONE
}
