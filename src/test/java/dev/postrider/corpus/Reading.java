package dev.postrider.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A message as a reader shows it, everything decoded.
 *
 * @param people the mailboxes of each address field, by its name in lower case
 * @param fields what the other fields say, by their names in lower case; those of the parts, the trace and the signatures
 *     are left out
 * @param parts the leaves of the tree, in order
 */
public record Reading(
        String subject, Map<String, List<Person>> people, Map<String, List<String>> fields, List<Part> parts) {

    /** For a reader that does not keep it. */
    public Reading withoutSpaceInNames() {
        Map<String, List<Person>> unspaced = new TreeMap<>();
        people.forEach((field, persons) -> unspaced.put(
                field,
                persons.stream()
                        .map(person -> new Person(person.name().replaceAll("\\s", ""), person.address()))
                        .toList()));
        return new Reading(subject, unspaced, fields, parts);
    }

    /** @param name {@code ""} when there is none */
    public record Person(String name, String address) {}

    /**
     * @param type in lower case
     * @param parameters of the media type, for attachments and invitations; a character set in lower case
     * @param disposition in lower case
     * @param filename as Content-Disposition has it
     * @param name as Content-Type has it
     * @param contentId without its brackets
     * @param content words with LF at the end of each line; the octets of a file in base64
     */
    public record Part(
            String type,
            Map<String, String> parameters,
            String disposition,
            String filename,
            String name,
            String contentId,
            String content) {

        /** A calendar is compared by its content lines: how long ones are folded is nobody's business. */
        public Part {
            if (type.equals("application/ics")) {
                content = new String(Base64.getDecoder().decode(content), UTF_8).replace("\r\n", "\n");
            }
            if (type.equals("application/ics") || type.equals("text/calendar")) {
                content = content.replace("\n ", "");
            }
        }

        static Part words(String type, String words) {
            return new Part(type, Map.of(), "", "", "", "", words);
        }
    }
}
