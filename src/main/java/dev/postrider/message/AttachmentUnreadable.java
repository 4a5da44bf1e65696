package dev.postrider.message;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The file behind an attachment is gone, is another one, or cannot be read: the user's to mend.
 *
 * <p>A type of its own, because it comes out of {@code writeTo} beside the errors of the connection, and those mean
 * that the relay is broken.
 */
public final class AttachmentUnreadable extends IOException {

    private static final long serialVersionUID = 1L;

    AttachmentUnreadable(Path file, String reason) {
        super(file + ": " + reason);
    }

    AttachmentUnreadable(Path file, IOException cause) {
        super(file + ": " + cause, cause);
    }
}
