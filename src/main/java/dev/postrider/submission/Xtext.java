package dev.postrider.submission;

import java.util.HexFormat;

/** Text as the value of a parameter of MAIL or RCPT: visible ASCII, without what would end the value or begin another. */
public final class Xtext {

    private static final HexFormat UPPER_CASE = HexFormat.of().withUpperCase();

    private Xtext() {}

    /** RFC 3461 §4, for text in ASCII. */
    public static String of(String ascii) {
        StringBuilder value = new StringBuilder(ascii.length() + 8);
        ascii.chars().forEach(c -> {
            if (isVisible(c) && c != '+' && c != '=') {
                value.append((char) c);
            } else if (c <= 0x7F) {
                value.append('+').append(UPPER_CASE.toHexDigits((byte) c));
            } else {
                throw new IllegalArgumentException("not ASCII: '" + Excerpt.printable(ascii) + "'");
            }
        });
        return value.toString();
    }

    /** An address in any script, in ASCII (RFC 6533 §3, utf-8-addr-xtext). */
    public static String ofAddress(String address) {
        StringBuilder value = new StringBuilder(address.length() * 3);
        address.codePoints().forEach(c -> {
            if (isVisible(c) && c != '+' && c != '=' && c != '\\') {
                value.append((char) c);
            } else {
                value.append(String.format("\\x{%02X}", c));
            }
        });
        return value.toString();
    }

    private static boolean isVisible(int c) {
        return c > ' ' && c < 0x7F;
    }
}
