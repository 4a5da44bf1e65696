package dev.postrider.message;

/** What the header section of a message is written in. */
enum Script {
    /** As every relay takes it (RFC 5322). */
    ASCII,
    /** With addresses that ASCII cannot write (RFC 6532). Whoever takes that takes eight bits, too (RFC 6531 §3.1). */
    UTF_8
}
