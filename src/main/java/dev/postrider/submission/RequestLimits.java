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
    static final int MOST_RECIPIENTS = 1000;

    /** A request is one array of bytes, and its text another. */
    private static final int MOST_REQUEST_BYTES = 1 << 30;

    /** @throws IllegalArgumentException naming the setting */
    public RequestLimits {
        require("request-bytes", maxRequestBytes, 1, MOST_REQUEST_BYTES);
        require("recipients", maxRecipients, 1, MOST_RECIPIENTS);
        require("attachments", maxAttachments, 0, Integer.MAX_VALUE);
        require("attachment-bytes", maxAttachmentBytes, 0, Long.MAX_VALUE);
    }

    /** 25 MiB of attachments, which most relays still take, and the JSON that can carry as much in base64. */
    public static RequestLimits defaults() {
        return new RequestLimits(36 << 20, MOST_RECIPIENTS, 100, 25 << 20);
    }

    /** Whether there is something to read, and not too much. */
    void check(Arrival arrival, Violations violations) {
        if (arrival.content() == null && arrival.fault().isEmpty()) {
            violations.add("nothing to read: a record without a value");
        } else if (arrival.content() != null && arrival.content().length == 0) {
            violations.add("empty");
        }
        checkSize(arrival, violations);
    }

    void checkSize(Arrival arrival, Violations violations) {
        if (arrival.content() != null && arrival.content().length > maxRequestBytes) {
            violations.add("at most " + maxRequestBytes + " bytes, and this has more");
        }
    }

    private static void require(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("postrider.limits." + what + ": "
                    + (value < least ? "at least " + least : "at most " + most) + ", not " + value);
        }
    }
}
