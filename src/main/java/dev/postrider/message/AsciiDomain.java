package dev.postrider.message;

import dev.postrider.submission.AddressSyntax;
import java.net.IDN;

/**
 * A domain in the form that DNS and every relay know: U-labels become A-labels (RFC 5890 §2.3.2.1). An ASCII domain and
 * an address literal stay as they are.
 */
final class AsciiDomain {

    // IDNA 2003, which java.net.IDN implements, maps these to "ss", a medial sigma or nothing; for IDNA 2008 they are
    // letters of their own (RFC 5894 §7.2), and straße.de belongs to someone else than strasse.de.
    private static final String READ_DIFFERENTLY = "\u00DF\u1E9E\u03C2\u200C\u200D";

    private AsciiDomain() {}

    /** The address with its domain converted; the local part is never touched. The null path stays {@code ""}. */
    static String inAddress(String address) throws Uncomposable {
        int at = address.lastIndexOf('@');
        return address.substring(0, at + 1) + of(address.substring(at + 1));
    }

    static String of(String domain) throws Uncomposable {
        if (AddressSyntax.isAscii(domain)) {
            return domain;
        }
        if (domain.chars().anyMatch(c -> READ_DIFFERENTLY.indexOf(c) >= 0)) {
            throw new Uncomposable("domain '" + domain
                    + "': a letter that the two versions of IDNA read differently; write the xn-- form of the domain");
        }
        try {
            // The STD 3 rules refuse what only looks like a domain: some characters map to '@', '/' or a space.
            return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            throw new Uncomposable("domain '" + domain + "': " + e.getMessage(), e);
        }
    }
}
