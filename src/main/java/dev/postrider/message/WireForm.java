package dev.postrider.message;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.angus.mail.util.CRLFOutputStream;

/**
 * A message as it goes over the wire, but for doubled dots: every line ends with CRLF, the last one too, and what is not
 * sent is not there. A sender that sees to the same finds nothing left to do.
 */
final class WireForm extends CRLFOutputStream {

    private static final String[] NOT_SENT = {"Bcc"};

    private WireForm(OutputStream out) {
        super(out);
    }

    static void write(SignableMessage message, OutputStream out) throws IOException, MessagingException {
        WireForm wire = new WireForm(out);
        message.render(wire, NOT_SENT);
        if (!wire.atBOL) {
            wire.writeln();
        }
    }
}
