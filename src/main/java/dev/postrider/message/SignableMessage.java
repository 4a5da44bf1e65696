package dev.postrider.message;

import dev.postrider.smtp.Outgoing;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** A message that may be signed; from then on it is written exactly as it was signed. */
public abstract class SignableMessage extends Outgoing {

    private Optional<SignedForm> signed = Optional.empty();

    SignableMessage(Session session) {
        super(session);
    }

    /** Writes it without signatures, with the same octets each time. */
    void render(OutputStream out, String[] ignoredFields) throws IOException, MessagingException {
        super.writeTo(out, ignoredFields);
    }

    @Override
    public SignableMessage inAscii() {
        return this;
    }

    void signed(SignedForm form) {
        signed = Optional.of(form);
    }

    /** Once it is signed there is nothing left to ignore: what does not go out was not signed. */
    @Override
    public final void writeTo(OutputStream out, String[] ignoredFields) throws IOException, MessagingException {
        if (signed.isPresent()) {
            signed.get().write(this, out);
        } else {
            render(out, ignoredFields);
        }
    }
}
