package dev.postrider.message;

import java.io.IOException;

/**
 * The file behind an attachment is gone, is another one, or cannot be read: the user's to mend. Named as the request names it;
 * where the attachments root is, is nobody's business there.
 *
 * <p>A type of its own, because it comes out of {@code writeTo} beside the errors of the connection, and those mean
 * that the relay is broken.
 */
public final class AttachmentUnreadable extends IOException {

    private static final long serialVersionUID = 1L;

    AttachmentUnreadable(String violation) {
        super(violation);
    }
}
