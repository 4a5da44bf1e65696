package dev.postrider.submission;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses of an address field (RFC 5322 §3.4), groups resolved and names left out. Jakarta Mail takes the list
 * apart, strictly; what it finds must then be an address as everywhere else.
 */
final class AddressList {

    private AddressList() {}

    /**
     * None at all is no violation: a group may be empty.
     *
     * @param place where the list stands
     */
    static List<String> read(String place, String list, Violations violations) {
        List<String> addresses = new ArrayList<>();
        try {
            for (InternetAddress address : InternetAddress.parse(list, true)) {
                InternetAddress[] members =
                        address.isGroup() ? address.getGroup(true) : new InternetAddress[] {address};
                for (InternetAddress member : members) {
                    AddressSyntax.faultOf(member.getAddress())
                            .ifPresentOrElse(
                                    fault -> violations.add(
                                            place,
                                            fault + " (" + Excerpt.quoted(Excerpt.shortened(member.getAddress()))
                                                    + ")"),
                                    () -> addresses.add(member.getAddress()));
                }
            }
        } catch (AddressException malformed) {
            violations.add(place, "not a list of addresses (RFC 5322 §3.4): " + malformed.getMessage());
        }
        return addresses;
    }
}
