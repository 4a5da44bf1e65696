package dev.postrider.delivery;

import dev.postrider.smtp.RecipientReport;
import dev.postrider.smtp.Reply;
import dev.postrider.smtp.Stage;
import java.util.Locale;

/** What became of one recipient. */
public enum Disposition {
    /** The relay took responsibility; nothing later undoes that. */
    RELAYED,
    /** Not now: another try makes sense. */
    DEFERRED,
    /** Not ever, as things stand. */
    FAILED,
    /** The connection broke after the final dot: the relay may or may not have the message. */
    UNKNOWN;

    /** What the relay's word means. */
    public static Disposition of(RecipientReport report) {
        if (report.relayed()) {
            return RELAYED;
        }
        if (report.lost()) {
            // RFC 5321 §4.1.1.4: with the final dot the relay may have accepted; before it, it has nothing.
            return report.stage() == Stage.FINAL_DOT ? UNKNOWN : DEFERRED;
        }
        if (report.leftOver()) {
            return DEFERRED; // Even 550 5.5.3, "too many recipients": it is not about this one.
        }
        return temporary(report.stage(), report.reply()) ? DEFERRED : FAILED;
    }

    private static boolean temporary(Stage stage, Reply reply) {
        if (stage == Stage.RCPT && reply.code() == 552) {
            return true; // RFC 5321 §4.5.3.1.10: "too many recipients", by older relays; the rest goes later.
        }
        if (reply.code() == 503) {
            return true; // RFC 5321 §4.3.2: the two sides lost step; the message is not to blame.
        }
        // RFC 5321 §4.2.1: 4yz is transient, 5yz permanent; anything else was not understood and is tried again.
        return reply.code() / 100 != 5;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
