package dev.postrider.submission;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses of an address field (RFC 5322 §3.4), groups resolved and names left out. Jakarta Mail takes the list
 * apart, strictly; what it finds must then be an address as everywhere else.
 *
 * <p>Jakarta Mail wants letters and digits in a domain, and takes the vowel signs of Hindi or Thai for neither. So it gets to
 * see letters only: each character beyond ASCII as two of them, which are put together again in what it has found.
 */
final class AddressList {

    private static final char LETTERS = '\u4E00'; // Of the 256 from here on each is one.

    private AddressList() {}

    /**
     * None at all is no violation: a group may be empty.
     *
     * @param place where the list stands
     */
    static List<String> read(String place, String list, Violations violations) {
        List<String> addresses = new ArrayList<>();
        try {
            for (InternetAddress address : InternetAddress.parse(inLetters(list), true)) {
                InternetAddress[] members =
                        address.isGroup() ? address.getGroup(true) : new InternetAddress[] {address};
                for (InternetAddress member : members) {
                    add(fromLetters(member.getAddress()), place, addresses, violations);
                }
            }
        } catch (AddressException malformed) {
            violations.add(place, "not a list of addresses (RFC 5322 §3.4): " + malformed.getMessage());
        }
        return addresses;
    }

    private static void add(String address, String place, List<String> addresses, Violations violations) {
        AddressSyntax.faultOf(address)
                .ifPresentOrElse(
                        fault -> violations.add(place, fault + " (" + Excerpt.quoted(Excerpt.shortened(address)) + ")"),
                        () -> addresses.add(address));
    }

    private static String inLetters(String text) {
        if (AddressSyntax.isAscii(text)) {
            return text;
        }
        StringBuilder letters = new StringBuilder(text.length() * 2);
        text.chars().forEach(c -> {
            if (c <= 0x7F) {
                letters.append((char) c);
            } else {
                letters.append((char) (LETTERS + (c >> 8))).append((char) (LETTERS + (c & 0xFF)));
            }
        });
        return letters.toString();
    }

    private static String fromLetters(String letters) {
        StringBuilder text = new StringBuilder(letters.length());
        for (int i = 0; i < letters.length(); i++) {
            char c = letters.charAt(i);
            text.append(c <= 0x7F ? c : (char) (((c - LETTERS) << 8) | (letters.charAt(++i) - LETTERS)));
        }
        return text.toString();
    }
}
