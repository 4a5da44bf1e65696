package dev.postrider.smtp;

/** How far a transaction had come (RFC 5321 §3.3). */
public enum Stage {
    MAIL,
    RCPT,
    DATA,
    /** Content under way, the final dot not yet sent: the relay cannot have taken responsibility. */
    CONTENT,
    /** The final dot is out: the relay may have taken responsibility even if its reply never comes. */
    FINAL_DOT
}
