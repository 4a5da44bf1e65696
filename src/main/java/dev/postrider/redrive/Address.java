package dev.postrider.redrive;

import java.net.IDN;
import java.util.Locale;

/**
 * Tells whether two addresses are the same: a request may write a domain in any script and case, the relay was told its
 * ASCII form. The part before the @ is compared as it is (RFC 5321 §2.4).
 */
final class Address {

    private Address() {}

    static boolean same(String one, String other) {
        return canonical(one).equals(canonical(other));
    }

    static String domain(String address) {
        return ascii(address.substring(address.lastIndexOf('@') + 1));
    }

    /** As the relay is told: the domain in ASCII. */
    static String envelope(String address) {
        return address.chars().allMatch(c -> c < 0x80) ? address : canonical(address);
    }

    private static String canonical(String address) {
        return address.substring(0, address.lastIndexOf('@') + 1) + domain(address);
    }

    private static String ascii(String domain) {
        try {
            return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noDomain) {
            return domain.toLowerCase(Locale.ROOT);
        }
    }
}
