package dev.postrider.dkim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which fields a signature covers. What a reader sees or a program acts on is signed as often as it stands there and once
 * more (RFC 6376 §8.15): a second From or Subject that somebody adds on the way breaks the signature.
 */
final class SignedFields {

    /** Where there is none, none may be added either. */
    private static final List<String> GUARDED = List.of(
            "From",
            "Reply-To",
            "To",
            "Cc",
            "Subject",
            "Date",
            "Message-ID",
            "In-Reply-To",
            "References",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding");

    /** Relays and mailing lists add their own where there is none, and that is no forgery. */
    private static final List<String> GUARDED_WHEN_PRESENT =
            List.of("Sender", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted");

    /** Whoever sends it on adds more of them (RFC 5322 §3.6.6). */
    private static final List<String> SIGNED = List.of("Resent-Date", "Resent-From", "Resent-To", "Resent-Cc");

    private SignedFields() {}

    /** The names in the order of the {@code h=} tag. */
    static List<String> of(HeaderSection header) {
        List<String> names = new ArrayList<>();
        GUARDED.forEach(name -> add(names, name, count(header, name) + 1));
        for (String name : GUARDED_WHEN_PRESENT) {
            long there = count(header, name);
            add(names, name, there == 0 ? 0 : there + 1);
        }
        SIGNED.forEach(name -> add(names, name, count(header, name)));
        return names;
    }

    private static long count(HeaderSection header, String name) {
        return header.count(name.toLowerCase(Locale.ROOT));
    }

    private static void add(List<String> names, String name, long times) {
        for (long i = 0; i < times; i++) {
            names.add(name);
        }
    }
}
