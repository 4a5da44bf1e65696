package dev.postrider.message;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * How a signed message is written: what was signed, octet for octet, below its signatures.
 *
 * @param fields the signatures
 * @param octets header section and body; empty when they are too many to keep, and the message is rendered once more
 */
record SignedForm(byte[] fields, Optional<byte[]> octets) {

    void write(SignableMessage message, OutputStream out) throws IOException, MessagingException {
        out.write(fields);
        if (octets.isPresent()) {
            out.write(octets.get());
        } else {
            WireForm.write(message, out);
        }
    }
}
