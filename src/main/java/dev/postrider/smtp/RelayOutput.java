package dev.postrider.smtp;

import jakarta.mail.MessagingException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPOutputStream;

/** Content on its way. Knows whether it was the relay's side that failed, so that the message is not blamed for it. */
final class RelayOutput extends FilterOutputStream {

    private static final int BUFFER = 16 * 1024;
    private static final byte[] FINAL_DOT = {'.', '\r', '\n'};
    private static final String[] NOT_SENT = {"Bcc"};

    private boolean failed;

    RelayOutput(OutputStream out) {
        super(new BufferedOutputStream(out, BUFFER));
    }

    /**
     * Writes the message, line ends made CRLF, dots doubled where a line begins with one (RFC 5321 §4.5.2), the last line
     * completed. Some of it may be on its way when this fails.
     */
    void content(Outgoing message) throws IOException, MessagingException {
        SMTPOutputStream dotted = new SMTPOutputStream(this);
        try {
            message.writeTo(dotted, NOT_SENT);
        } catch (IOException | MessagingException e) {
            if (failed) {
                throw e;
            }
            throw new UnreadableContent(e);
        }
        dotted.ensureAtBOL();
    }

    /** Ends the content, and sends what is still here. */
    void finalDot() throws IOException {
        write(FINAL_DOT);
        flush();
    }

    @Override
    public void write(int b) throws IOException {
        guarded(() -> out.write(b));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        guarded(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        guarded(out::flush);
    }

    private void guarded(Write write) throws IOException {
        failed = true;
        write.run();
        failed = false;
    }

    private interface Write {
        void run() throws IOException;
    }
}
