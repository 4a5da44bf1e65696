package dev.postrider.submission;

import java.util.Objects;

/**
 * A mailbox: a display name, possibly empty, and an {@code addr-spec} (RFC 5322 §3.4).
 *
 * <p>Both are checked where the request is read; here only what would break a header field or a command is refused.
 *
 * @param name display name as people read it, {@code ""} when there is none
 * @param address {@code local@domain}, without angle brackets
 */
public record Mailbox(String name, String address) {

    public Mailbox {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(address, "address");
        Lines.requireSingle("name", name);
        Lines.requireSingle("address", address);
        if (address.lastIndexOf('@') < 1) {
            throw new IllegalArgumentException("address: no local@domain in '" + address + "'");
        }
    }

    /**
     * Whether only UTF-8 can write its address (RFC 6532 §3.2): a domain has a form in ASCII as well, what stands before it has
     * not.
     */
    public boolean isInternational() {
        return !AddressSyntax.isAscii(address.substring(0, address.lastIndexOf('@')));
    }

    /** The part after the last {@code @}. */
    public String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
