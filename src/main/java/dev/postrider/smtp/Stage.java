package dev.postrider.smtp;

/** How far a transaction had come (RFC 5321 §3.3). */
public enum Stage {
    MAIL,
    RCPT,
    DATA,
    /** Content under way, the final dot not yet sent: the relay cannot have taken responsibility. */
    CONTENT,
    /**
     * The final dot is out, or the last octet of the last chunk (RFC 3030 §2): the relay may have taken responsibility even
     * if its reply never comes.
     */
    FINAL_DOT;

    /** What a reply was waited for to. */
    String asked() {
        return this == CONTENT || this == FINAL_DOT ? "the content" : name();
    }
}
