package dev.postrider.smtp;

import java.util.OptionalLong;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * The extensions the relay offered in its last reply to EHLO (RFC 5321 §4.1.1.1), as far as we have a use for them.
 *
 * @param pipelining commands may be sent ahead of the replies (RFC 2920)
 * @param chunking content may be sent in counted chunks, with BDAT (RFC 3030)
 * @param size SIZE may be declared with MAIL (RFC 1870)
 * @param mostOctets what a message may have at most; empty when the relay does not say
 * @param eightBitMime content may have octets above 127 (RFC 6152)
 * @param smtpUtf8 addresses and header fields may be in UTF-8 (RFC 6531)
 * @param dsn reports may be asked for (RFC 3461)
 */
record Offer(
        boolean pipelining,
        boolean chunking,
        boolean size,
        OptionalLong mostOctets,
        boolean eightBitMime,
        boolean smtpUtf8,
        boolean dsn) {

    static Offer of(SMTPTransport opened) {
        return new Offer(
                opened.supportsExtension("PIPELINING"),
                opened.supportsExtension("CHUNKING"),
                opened.supportsExtension("SIZE"),
                octets(opened.getExtensionParameter("SIZE")),
                opened.supportsExtension("8BITMIME"),
                opened.supportsExtension("SMTPUTF8"),
                opened.supportsExtension("DSN"));
    }

    /** Whether a message in UTF-8 may be said to be one: RFC 6531 §3.1 wants 8BITMIME offered beside it. */
    boolean takesUtf8() {
        return smtpUtf8 && eightBitMime;
    }

    /** RFC 1870 §4: 0, or nothing, is no limit; what is no number tells nothing. */
    private static OptionalLong octets(String parameter) {
        boolean number = parameter != null && parameter.strip().matches("\\d{1,18}");
        long octets = number ? Long.parseLong(parameter.strip()) : 0;
        return octets > 0 ? OptionalLong.of(octets) : OptionalLong.empty();
    }
}
