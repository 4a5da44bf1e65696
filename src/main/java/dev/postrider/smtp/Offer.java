package dev.postrider.smtp;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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

    /** The extensions that are used, and so the keywords that can be discarded. */
    static final Set<String> KEYWORDS = Set.of("PIPELINING", "CHUNKING", "SIZE", "8BITMIME", "SMTPUTF8", "DSN");

    /** What the settings discard counts as not offered. */
    static Offer of(EhloResponse response, SmtpConfig config) {
        Set<String> discarded = discarded(config);
        Predicate<String> offered = keyword -> !discarded.contains(keyword) && response.offers(keyword);
        return new Offer(
                offered.test("PIPELINING") && config.pipelining(),
                offered.test("CHUNKING") && config.chunking(),
                offered.test("SIZE"),
                octets(offered.test("SIZE") ? response.parameter("SIZE").orElse("") : ""),
                offered.test("8BITMIME"),
                offered.test("SMTPUTF8"),
                offered.test("DSN"));
    }

    /** The same relay, with its content by DATA. */
    Offer withoutChunking() {
        return new Offer(pipelining, false, size, mostOctets, eightBitMime, smtpUtf8, dsn);
    }

    private static Set<String> discarded(SmtpConfig config) {
        return config.discardEhloKeywords().stream()
                .flatMap(keywords -> keywords.stream())
                .map(keyword -> keyword.strip().toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** Whether a message in UTF-8 may be said to be one: RFC 6531 §3.1 wants 8BITMIME offered beside it. */
    boolean takesUtf8() {
        return smtpUtf8 && eightBitMime;
    }

    /** RFC 1870 §4: 0, or nothing, is no limit; what is no number tells nothing. */
    private static OptionalLong octets(String parameter) {
        long octets = parameter.matches("[0-9]{1,18}") ? Long.parseLong(parameter) : 0;
        return octets > 0 ? OptionalLong.of(octets) : OptionalLong.empty();
    }
}
