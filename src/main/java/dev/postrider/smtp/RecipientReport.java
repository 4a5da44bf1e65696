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

    /** The connection broke and no reply decided. */
    public boolean lost() {
        return reply.code() == 0;
    }
}
