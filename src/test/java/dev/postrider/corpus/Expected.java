package dev.postrider.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.corpus.Reading.Person;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a reader, and the relay, have to see of a request. By a few rules of its own: nothing of what is tested is asked.
 */
final class Expected {

    /** Of the domains in the corpus that are not ASCII, the form that is; from the tables of a registry. */
    private static final Map<String, String> A_LABELS = Map.of(
            "bücher.example", "xn--bcher-kva.example",
            "örnek.example", "xn--rnek-4qa.example",
            "例え.jp", "xn--r8jz45g.jp");

    private final JsonNode request;

    private Expected(JsonNode request) {
        this.request = request;
    }

    /**
     * @param date as the Date field has it
     * @param messageId as the Message-ID field has it
     */
    static Reading reading(JsonNode request, String date, String messageId) {
        Expected expected = new Expected(request);
        return new Reading(
                expected.subject(),
                expected.people(),
                expected.fields(date, messageId),
                new ExpectedParts(request).all());
    }

    /** The reverse-path, and then the recipients. */
    static List<String> envelope(JsonNode request) {
        Expected expected = new Expected(request);
        String path = Stream.of("sender", "from")
                .flatMap(expected::mailboxes)
                .map(Person::address)
                .findFirst()
                .orElseThrow();
        String asked = request.path("returnPath").asText(path);
        Set<String> recipients = new LinkedHashSet<>();
        Stream.of("to", "cc", "bcc")
                .flatMap(expected::mailboxes)
                .map(Person::address)
                .forEach(recipients::add);
        return Stream.concat(Stream.of(ascii(asked)), recipients.stream()).toList();
    }

    /** White space around a field belongs to nobody. */
    static String unpadded(String line) {
        return line.replaceAll("\\A[ \t]+|[ \t]+\\z", "");
    }

    private String subject() {
        String subject = request.path("subject").asText();
        return subject.isEmpty() && request.has("template")
                ? "Hello " + request.at("/template/data/name").asText()
                : unpadded(subject);
    }

    private Map<String, List<Person>> people() {
        Map<String, List<Person>> people = new TreeMap<>();
        for (String field : List.of("from", "sender", "to", "cc", "replyTo")) {
            List<Person> mailboxes = mailboxes(field).toList();
            if (!mailboxes.isEmpty()) {
                people.put(field.equals("replyTo") ? "reply-to" : field, mailboxes);
            }
        }
        people.remove("sender", people.get("from"));
        if (!people.containsKey("to") && !people.containsKey("cc")) {
            people.put("to", List.of());
        }
        return people;
    }

    private Map<String, List<String>> fields(String date, String messageId) {
        Map<String, List<String>> fields = new TreeMap<>();
        fields.put("date", List.of(date));
        fields.put("message-id", List.of(messageId));
        fields.put("mime-version", List.of("1.0"));
        request.path("headers")
                .fields()
                .forEachRemaining(header -> fields.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        List.of(unpadded(header.getValue().asText()))));
        JsonNode unsubscribe = request.path("listUnsubscribe");
        if (!unsubscribe.isMissingNode()) {
            fields.put("list-unsubscribe", List.of(String.join(", ", ways(unsubscribe))));
        }
        if (unsubscribe.path("oneClick").asBoolean()) {
            fields.put("list-unsubscribe-post", List.of("List-Unsubscribe=One-Click"));
        }
        return fields;
    }

    private static List<String> ways(JsonNode unsubscribe) {
        String mailto = unsubscribe.path("mailto").asText().replaceFirst("^(mailto:)?(?=.)", "mailto:");
        return Stream.of(unsubscribe.path("url").asText(), mailto)
                .filter(way -> !way.isEmpty())
                .map(way -> "<" + way + ">")
                .toList();
    }

    private Stream<Person> mailboxes(String member) {
        JsonNode value = request.path(member);
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).map(Expected::person)
                : Stream.of(value).filter(node -> !node.isMissingNode()).map(Expected::person);
    }

    private static Person person(JsonNode mailbox) {
        if (mailbox.isObject()) {
            return new Person(
                    mailbox.path("name").asText(), ascii(mailbox.get("address").asText()));
        }
        String text = mailbox.asText();
        if (!text.endsWith(">")) {
            return new Person("", ascii(text));
        }
        int bracket = text.lastIndexOf('<');
        String name = text.substring(0, bracket).strip();
        String unquoted =
                name.startsWith("\"") ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1") : name;
        return new Person(unquoted, ascii(text.substring(bracket + 1, text.length() - 1)));
    }

    private static String ascii(String address) {
        String domain = address.substring(address.lastIndexOf('@') + 1);
        return address.replace("@" + domain, "@" + A_LABELS.getOrDefault(domain, domain));
    }

    static byte[] octets(String text) {
        return text.getBytes(UTF_8);
    }
}
