package dev.postrider.message;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimePart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * Words, plain or as html.
 *
 * <p>Jakarta Mail picks the transfer encoding: 7bit for ASCII with lines within 998, else quoted-printable or, where
 * most octets are not ASCII, base64.
 */
record TextEntity(String subtype, String text) implements Entity {

    static Entity plain(String text) {
        return new TextEntity("plain", text);
    }

    static Entity html(String html) {
        return new TextEntity("html", html);
    }

    @Override
    public void into(MimePart part) throws MessagingException {
        // us-ascii where it is enough: no reader can get that wrong (RFC 2046 §4.1.2).
        Charset charset = StandardCharsets.US_ASCII.newEncoder().canEncode(text)
                ? StandardCharsets.US_ASCII
                : StandardCharsets.UTF_8;
        ByteArrayDataSource source = new ByteArrayDataSource(
                canonical().getBytes(charset), "text/" + subtype + "; charset=" + charset.name());
        part.setDataHandler(new DataHandler(source));
    }

    /** RFC 2046 §4.1.1: every line of a text ends with CRLF, and neither octet stands alone. */
    private String canonical() {
        return text.lines().collect(Collectors.joining("\r\n", "", "\r\n"));
    }
}
