package dev.postrider.smtp;

import jakarta.mail.MessagingException;

/** The message could not be read to its end, an attachment gone for example: nothing was relayed to anyone. */
public final class UnreadableContent extends MessagingException {

    private static final long serialVersionUID = 1L;

    UnreadableContent(Exception cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
}
