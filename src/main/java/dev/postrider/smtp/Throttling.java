package dev.postrider.smtp;

import java.util.regex.Pattern;

/** Tells "not so much at once" from "not this one now": both are 4yz, and only the first is about how we send. */
final class Throttling {

    private static final Pattern GREYLISTING = Pattern.compile("(?i)gr[ae]y-?list");
    private static final Pattern TOO_MUCH =
            Pattern.compile("(?i)throttl|rate.?limit|too (many (con|mess|sess)|much|fast)");

    private Throttling() {}

    static boolean in(Reply reply) {
        return switch (reply.code()) {
            // RFC 5321 §3.8: the relay shuts the channel, be it that it has too many. RFC 3463 §3.5: with X.4.z it
            // speaks of
            // the network instead, of a session that had idled for too long usually.
            case 421 -> !reply.enhancedCode().orElse("").startsWith("4.4.");
            // By RFC 4954 §4 and §6 about the log-in; large providers answer 432 to too many connections and 454 to too
            // many
            // messages a second. Less of us is right for both.
            case 432, 454 -> true;
            case 450, 451, 452 -> tooMuch(reply);
            default -> false;
        };
    }

    /** Not 452 4.5.3 (RFC 3463 §3.6): that is too many recipients of one message. */
    private static boolean tooMuch(Reply reply) {
        String enhanced = reply.enhancedCode().orElse("");
        if (enhanced.startsWith("4.7.")) {
            // RFC 3463 §3.8: policy. Postfix says it of too much mail from one client, and many of greylisting, which
            // passes
            // with time and not with fewer sessions.
            return !GREYLISTING.matcher(reply.text()).find();
        }
        // RFC 3463 §3.4: X.3.2, the system takes nothing at the moment; that, or no code at all, is for the words to
        // tell.
        return (enhanced.isEmpty() || enhanced.equals("4.3.2"))
                && TOO_MUCH.matcher(reply.text()).find();
    }
}
