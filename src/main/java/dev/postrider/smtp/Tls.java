package dev.postrider.smtp;

/** When TLS begins in a session with the relay. Whatever is chosen is required: nothing falls back. */
public enum Tls {
    /** After the STARTTLS command (RFC 3207). */
    STARTTLS,
    /** With the first byte (RFC 8314 §3.3). */
    IMPLICIT,
    /** Never. */
    NONE
}
