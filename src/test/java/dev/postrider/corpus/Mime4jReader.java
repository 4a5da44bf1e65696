package dev.postrider.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postrider.corpus.Reading.Part;
import dev.postrider.corpus.Reading.Person;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.dom.field.AddressListField;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.apache.james.mime4j.dom.field.MailboxField;
import org.apache.james.mime4j.dom.field.MailboxListField;
import org.apache.james.mime4j.dom.field.ParsedField;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;

/** Reads messages with Apache Mime4j. */
public final class Mime4jReader {

    private static final Set<String> PEOPLE = Set.of("from", "sender", "reply-to", "to", "cc");

    private static final Pattern DOT_ATOM =
            Pattern.compile("[^\\s\"\\\\@(),:;<>\\[\\].]+(\\.[^\\s\"\\\\@(),:;<>\\[\\].]+)*");

    private Mime4jReader() {}

    public static Reading read(byte[] message) throws IOException {
        DefaultMessageBuilder parser = new DefaultMessageBuilder();
        // 998 characters and CRLF, and one more because the limit itself is refused.
        parser.setMimeEntityConfig(MimeConfig.custom()
                .setMaxHeaderLen(-1)
                .setMaxHeaderCount(-1)
                .setMaxLineLen(1001)
                .build());
        Message parsed = parser.parseMessage(new ByteArrayInputStream(message));
        Map<String, List<Person>> people = new TreeMap<>();
        Map<String, List<String>> fields = new TreeMap<>();
        for (Field field : parsed.getHeader().getFields()) {
            String name = field.getName().toLowerCase(Locale.ROOT);
            if (PEOPLE.contains(name)) {
                people.put(name, people((ParsedField) field));
            } else if (!name.equals("subject")
                    && !PythonReader.LEFT_OUT.matcher(name).matches()) {
                fields.computeIfAbsent(name, none -> new ArrayList<>())
                        .add(Expected.unpadded(decoded(field.getBody())));
            }
        }
        List<Part> parts = new ArrayList<>();
        add(parsed, parts);
        // Where the first word stands on a line of its own, Mime4j leaves the space before it.
        String subject = Expected.unpadded(parsed.getSubject());
        return new Reading(subject, people, fields, parts);
    }

    private static List<Person> people(ParsedField field) {
        List<Mailbox> mailboxes;
        if (field instanceof MailboxField one) {
            mailboxes = List.of(one.getMailbox());
        } else if (field instanceof MailboxListField list) {
            mailboxes = list.getMailboxList();
        } else {
            mailboxes = ((AddressListField) field).getAddressList().flatten();
        }
        return mailboxes.stream()
                .map(mailbox ->
                        new Person(Optional.ofNullable(mailbox.getName()).orElse(""), address(mailbox)))
                .toList();
    }

    /** Mime4j takes the quotes off a local part, and does not put them on again. */
    private static String address(Mailbox mailbox) {
        String local = mailbox.getLocalPart();
        boolean isPlain = DOT_ATOM.matcher(local).matches();
        String quoted = '"' + local.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        return (isPlain ? local : quoted) + "@" + mailbox.getDomain();
    }

    private static void add(Entity entity, List<Part> parts) throws IOException {
        if (entity.getBody() instanceof Multipart multipart) {
            for (Entity part : multipart.getBodyParts()) {
                add(part, parts);
            }
            return;
        }
        String filename = Optional.ofNullable(entity.getFilename()).orElse("");
        ContentTypeField type = (ContentTypeField) entity.getHeader().getField("Content-Type");
        Map<String, String> parameters = new TreeMap<>(type.getParameters());
        String name = Optional.ofNullable(parameters.remove("name")).orElse("");
        boolean isWords = Set.of("text/plain", "text/html").contains(entity.getMimeType()) && filename.isEmpty();
        parameters.computeIfPresent("charset", (key, charset) -> charset.toLowerCase(Locale.ROOT));
        byte[] content = ((SingleBody) entity.getBody()).getInputStream().readAllBytes();
        parts.add(new Part(
                entity.getMimeType().toLowerCase(Locale.ROOT),
                isWords ? Map.of() : parameters,
                Optional.ofNullable(entity.getDispositionType()).orElse(""),
                filename,
                name,
                Optional.ofNullable(entity.getHeader().getField("Content-ID"))
                        .map(id -> id.getBody().strip().replaceAll("^<|>$", ""))
                        .orElse(""),
                filename.isEmpty()
                        ? new String(content, UTF_8).replace("\r\n", "\n")
                        : Base64.getEncoder().encodeToString(content)));
    }

    private static String decoded(String text) {
        return DecoderUtil.decodeEncodedWords(text, DecodeMonitor.STRICT);
    }
}
