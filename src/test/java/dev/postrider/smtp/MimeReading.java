package dev.postrider.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;

/**
 * A message as Apache Mime4j reads it.
 *
 * @param fields name and unfolded body, less those that are not to be relayed
 * @param parts type, and content with its transfer encoding undone, line ends made LF
 */
record MimeReading(List<String> fields, List<String> parts) {

    private static final List<String> NOT_RELAYED = List.of("bcc", "resent-bcc", "return-path");

    static MimeReading of(byte[] octets) throws IOException {
        DefaultMessageBuilder parser = new DefaultMessageBuilder();
        parser.setMimeEntityConfig(MimeConfig.PERMISSIVE);
        Message message = parser.parseMessage(new ByteArrayInputStream(octets));
        List<String> fields = message.getHeader().getFields().stream()
                .filter(field -> !NOT_RELAYED.contains(field.getName().toLowerCase(Locale.ROOT)))
                .map(field -> field.getName() + ":" + field.getBody().strip())
                .toList();
        List<String> parts = new ArrayList<>();
        add(message, parts);
        return new MimeReading(fields, parts);
    }

    private static void add(Entity entity, List<String> parts) throws IOException {
        if (entity.getBody() instanceof Multipart multipart) {
            parts.add(entity.getMimeType() + " of " + multipart.getBodyParts().size());
            for (Entity part : multipart.getBodyParts()) {
                add(part, parts);
            }
        } else if (entity.getBody() instanceof Message attached) {
            parts.add("message, " + attached.getHeader().getFields().size() + " fields");
            add(attached, parts);
        } else if (entity.getBody() instanceof SingleBody body) {
            String content = new String(body.getInputStream().readAllBytes(), ISO_8859_1);
            parts.add(
                    entity.getMimeType() + ": " + content.replace("\r\n", "\n").stripTrailing());
        }
    }
}
