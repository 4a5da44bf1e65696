package dev.postrider.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.submission.Arrival;
import dev.postrider.submission.Origin;
import dev.postrider.submission.SendRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;

/** A message as it leaves us, octet by octet, and as Apache Mime4j reads it. */
record Wire(byte[] octets, Message message) {

    static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
    private static final MessageComposer COMPOSER = new MessageComposer(
            Clock.fixed(NOW, ZoneOffset.ofHours(3)), Optional.of("X-Postrider-Id"), Optional.empty());

    private static final Arrival ARRIVAL =
            new Arrival(new Origin.InboxFile(Path.of("order.json"), "order.json"), new byte[0], () -> {});

    private static final String[] FIELDS_THE_TRANSPORT_DROPS = {"Bcc", "Content-Length"};

    static ComposedMessage compose(SendRequest request) throws Uncomposable {
        return COMPOSER.compose(request, ARRIVAL);
    }

    static Wire of(Draft draft) throws Exception {
        return of(draft.request());
    }

    static Wire of(SendRequest request) throws Exception {
        return of(compose(request));
    }

    static Wire of(ComposedMessage composed) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        composed.writeTo(out, FIELDS_THE_TRANSPORT_DROPS);
        DefaultMessageBuilder parser = new DefaultMessageBuilder();
        // 998 characters and CRLF, and one more because the limit itself is refused.
        parser.setMimeEntityConfig(
                MimeConfig.custom().setMaxHeaderLen(-1).setMaxLineLen(1001).build());
        return new Wire(out.toByteArray(), parser.parseMessage(new ByteArrayInputStream(out.toByteArray())));
    }

    String source() {
        return new String(octets, UTF_8);
    }

    List<String> lines() {
        return List.of(source().split("\r\n", -1));
    }

    List<String> headerLines() {
        return lines().stream().takeWhile(line -> !line.isEmpty()).toList();
    }

    /** The lines of one field, as they stand there. */
    List<String> field(String name) {
        List<String> lines = new ArrayList<>();
        for (String line : headerLines()) {
            boolean continues = line.startsWith(" ") || line.startsWith("\t");
            if (continues ? !lines.isEmpty() : line.startsWith(name + ":")) {
                lines.add(line);
            } else if (!lines.isEmpty()) {
                break;
            }
        }
        return lines;
    }

    /** The body of one field, unfolded, not decoded. */
    String unfolded(String name) {
        return String.join("", field(name)).substring(name.length() + 1).strip();
    }

    /** {@code mixed(alternative(text/plain, text/html), application/pdf)} */
    String structure() {
        return structure(message);
    }

    private static String structure(Entity entity) {
        if (entity.getBody() instanceof Multipart multipart) {
            return multipart.getBodyParts().stream()
                    .map(Wire::structure)
                    .collect(Collectors.joining(", ", multipart.getSubType() + "(", ")"));
        }
        return entity.getMimeType();
    }

    /** The leaves of the tree, in order. */
    List<Entity> parts() {
        return parts(message).toList();
    }

    Entity part(String mimeType) {
        return parts().stream()
                .filter(part -> part.getMimeType().equals(mimeType))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + mimeType + " in " + structure()));
    }

    private static Stream<Entity> parts(Entity entity) {
        return entity.getBody() instanceof Multipart multipart
                ? multipart.getBodyParts().stream().flatMap(Wire::parts)
                : Stream.of(entity);
    }

    static byte[] content(Entity part) {
        try (InputStream in = ((SingleBody) part.getBody()).getInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Entity part) {
        return new String(content(part), UTF_8);
    }
}
