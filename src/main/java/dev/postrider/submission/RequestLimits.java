package dev.postrider.submission;

/**
 * How large a send request may be.
 *
 * @param maxRequestBytes of JSON; attachments given in base64 count with a third more than their size
 * @param maxRecipients in {@code to}, {@code cc} and {@code bcc} together
 * @param maxAttachments of one request
 * @param maxAttachmentBytes of all attachments of one request together, decoded
 */
public record RequestLimits(int maxRequestBytes, int maxRecipients, int maxAttachments, long maxAttachmentBytes) {

    /** The contract's promise (config/send-request.schema.json); a configuration may lower it, not raise it. */
    private static final int MOST_RECIPIENTS = 1000;

    public RequestLimits {
        requireAtLeast("maxRequestBytes", maxRequestBytes, 1);
        requireAtLeast("maxRecipients", maxRecipients, 1);
        requireAtLeast("maxAttachments", maxAttachments, 0);
        requireAtLeast("maxAttachmentBytes", maxAttachmentBytes, 0);
        if (maxRecipients > MOST_RECIPIENTS) {
            throw new IllegalArgumentException("maxRecipients: at most " + MOST_RECIPIENTS + ", not " + maxRecipients);
        }
    }

    /** 25 MiB of attachments, which most relays still take, and the JSON that can carry as much in base64. */
    public static RequestLimits defaults() {
        return new RequestLimits(36 << 20, MOST_RECIPIENTS, 100, 25 << 20);
    }

    private static void requireAtLeast(String what, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(what + ": at least " + least + ", not " + value);
        }
    }
}
