package dev.postrider.submission;

import java.util.List;
import java.util.Optional;

/**
 * Which reports on the delivery are asked for (RFC 3461), and what they bring back.
 *
 * @param on when; empty: as relays do of themselves
 * @param returned what of the message; empty: as they like
 * @param envid names the message in the reports, in printable ASCII
 */
public record Dsn(List<Notify> on, Optional<Returned> returned, Optional<String> envid) {

    /** RFC 3461 §4.4, as it is written on the line. */
    private static final int LONGEST_ENVID = 100;

    /** The words of NOTIFY (RFC 3461 §4.1). */
    public enum Notify {
        NEVER,
        SUCCESS,
        FAILURE,
        DELAY
    }

    /** The words of RET (RFC 3461 §4.3). */
    public enum Returned {
        FULL,
        HDRS
    }

    public Dsn {
        on = List.copyOf(on);
        if (on.contains(Notify.NEVER) && on.size() > 1) {
            throw new IllegalArgumentException("dsn.notify: never, and something else");
        }
        if (!envid.map(Dsn::isEnvid).orElse(true)) {
            throw new IllegalArgumentException("dsn.envid: not 1 to " + LONGEST_ENVID + " printable ASCII characters");
        }
    }

    /** Whether a report could ever be sent. */
    boolean wantsReports() {
        return !on.isEmpty() && !on.contains(Notify.NEVER);
    }

    static boolean isEnvid(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c >= ' ' && c <= '~')
                && Xtext.of(text).length() <= LONGEST_ENVID;
    }
}
