package dev.postrider.message;

import dev.postrider.submission.Attachment;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.ParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.util.MimeTypeHelper;

/** The media type of an attachment: as given, else by the extension of its name, else just octets. */
final class MediaType {

    private static final String OCTETS = "application/octet-stream";
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,250}");

    private MediaType() {}

    /** @param path of the attachment in the request, for the refusal */
    static String of(Attachment attachment, String path) throws Uncomposable {
        String asked = attachment
                .contentType()
                .or(() -> byExtension(attachment.filename()))
                .orElse(OCTETS);
        ContentType type = parse(asked, path);
        // RFC 2046 §5.1, §5.2: these two may not be base64, and Jakarta Mail would send them bare, whatever is in them.
        // As octets they arrive whole, and readers open an .eml by its name.
        boolean mayBeEncoded = !type.match("multipart/*") && !type.match("message/*");
        boolean askedFor = attachment.contentType().isPresent() && isMessage(type.toString());
        return mayBeEncoded || askedFor ? type.toString() : OCTETS;
    }

    /** Whether it is a message, which must not be encoded (RFC 2046 §5.2.1). */
    static boolean isMessage(String type) {
        return type.toLowerCase(Locale.ROOT).matches("message/rfc822( *;.*)?");
    }

    /** Camel's own table: compiled in, where the JDK's and Activation's are files that a native image does not have. */
    private static Optional<String> byExtension(String filename) {
        String extension = filename.substring(filename.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return filename.contains(".") ? Optional.ofNullable(MimeTypeHelper.probeMimeType(extension)) : Optional.empty();
    }

    private static ContentType parse(String type, String path) throws Uncomposable {
        try {
            if (!PRINTABLE.matcher(type).matches()) {
                throw new ParseException("not 1 to 250 printable ASCII characters");
            }
            ContentType parsed = new ContentType(type);
            if (parsed.getParameterList() != null) {
                // The name of the attachment says it; two would contradict each other.
                parsed.getParameterList().remove("name");
            }
            return parsed;
        } catch (ParseException e) {
            throw new Uncomposable(path + ".contentType: '" + type + "' is not a media type: " + e.getMessage(), e);
        }
    }
}
