package dev.postrider.smtp;

/**
 * What the relay said about one recipient.
 *
 * @param stage the command that decided it
 * @param reply its reply; code 0 when the connection broke before there was one
 */
public record RecipientReport(String recipient, Stage stage, Reply reply) {

    /** The relay took responsibility for this recipient. */
    public boolean relayed() {
        return stage == Stage.FINAL_DOT && reply.accepted();
    }

    /**
     * The relay has not looked at this recipient, so that its reply says nothing of it: there were too many for one message
     * (RFC 5321 §4.5.3.1.10), or the session ended before it came to that.
     */
    public boolean leftOver() {
        return isOneTooMany() || (stage != Stage.FINAL_DOT && (reply.code() == 421 || lost()));
    }

    /** RFC 3463 §3.6: X.5.3. Without such a code RFC 5321 §4.5.3.1.10 has 452, and older relays have 552. */
    private boolean isOneTooMany() {
        return stage == Stage.RCPT
                && (saysTooMany() || (reply.enhancedCode().isEmpty() && (reply.code() == 452 || reply.code() == 552)));
    }

    /** In so many words: also 452 without a code of its own may be about a full disk. */
    boolean saysTooMany() {
        return stage == Stage.RCPT
                && reply.enhancedCode().filter(code -> code.endsWith(".5.3")).isPresent();
    }

    /** The connection broke and no reply decided. */
    public boolean lost() {
        return reply.code() == 0;
    }
}
