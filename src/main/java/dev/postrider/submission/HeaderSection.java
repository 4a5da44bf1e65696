package dev.postrider.submission;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The header section of a message (RFC 5322 §2.2), as it is written there. Read strictly: where two readers could see
 * different fields, one of them would see a Bcc or a From that the other does not.
 *
 * @param fields in the order they stand there
 * @param end index of the first octet of the body
 */
record HeaderSection(List<HeaderField> fields, int end) {

    /**
     * A thousand long addresses fit, three times. Relays have limits, too: Postfix takes what is beyond its own for the
     * body, without a word.
     */
    private static final int MOST_OCTETS = 256 << 10;

    HeaderSection {
        fields = List.copyOf(fields);
    }

    /** The first line that cannot be understood is a violation, and ends it. */
    static HeaderSection read(byte[] content, int start, Violations violations) {
        return new Reading(content, start, violations).read();
    }

    List<HeaderField> named(String name) {
        return fields.stream().filter(field -> field.isNamed(name)).toList();
    }

    boolean has(String name) {
        return fields.stream().anyMatch(field -> field.isNamed(name));
    }

    /** One pass over the lines. */
    private static final class Reading {
        private final byte[] content;
        private final int start;
        private final Violations violations;
        private final List<HeaderField> fields = new ArrayList<>();
        private int line = 1;

        Reading(byte[] content, int start, Violations violations) {
            this.content = content;
            this.start = start;
            this.violations = violations;
        }

        HeaderSection read() {
            int next = start;
            String fault = "";
            for (int at = start; at < content.length && fault.isEmpty(); at = next) {
                next = afterLine(at);
                int end = endOfText(at, next);
                if (at == end && !fields.isEmpty()) {
                    return new HeaderSection(fields, next);
                }
                fault = next - start > MOST_OCTETS
                        ? "the header section has more than " + MOST_OCTETS + " octets"
                        : take(at, end, next);
                line++;
            }
            if (!fault.isEmpty()) {
                violations.add("line " + (line - 1) + ": " + fault);
            } else if (fields.isEmpty()) {
                violations.add("no header field");
            }
            // RFC 5322 §3.5: a message may end with its header section.
            return new HeaderSection(fields, next);
        }

        /** What is wrong with the line; "" if it is a field or goes on with one. */
        private String take(int at, int end, int next) {
            if (at == end) {
                return "empty, where the first header field has to be";
            }
            if (isBlank(content[at])) {
                return goOn(at, end, next);
            }
            if (line == 1 && text(at, Math.min(end, at + 5)).equals("From ")) {
                // What follows may be a whole mailbox, and its other messages are not for these recipients.
                return "the \"From \" of an mbox; send each message by itself, without this line";
            }
            int colon = at;
            while (colon < end && content[colon] > ' ' && content[colon] < 0x7F && content[colon] != ':') {
                colon++;
            }
            if (colon == at || colon == end || content[colon] != ':') {
                // Obsolete syntax has white space before the colon; but then there are readers for whom "Bcc :" is Bcc.
                return "neither a header field (Name: value) nor the empty line before the body";
            }
            fields.add(new HeaderField(text(at, colon), line, new Slice(content, at, next)));
            return "";
        }

        private String goOn(int at, int end, int next) {
            if (fields.isEmpty()) {
                return "begins with white space, where the first header field has to be";
            }
            for (int i = at; i < end; i++) {
                if (!isBlank(content[i])) {
                    int last = fields.size() - 1;
                    fields.set(last, fields.get(last).continued(next));
                    return "";
                }
            }
            // RFC 5322 §4.2 calls it obsolete, and some take it for the end of the header section.
            return "nothing but white space within the header section";
        }

        private int afterLine(int at) {
            int i = at;
            while (i < content.length && content[i] != '\n') {
                i++;
            }
            return Math.min(i + 1, content.length);
        }

        private int endOfText(int at, int next) {
            int end = next > at && content[next - 1] == '\n' ? next - 1 : next;
            return end > at && content[end - 1] == '\r' ? end - 1 : end;
        }

        private String text(int from, int to) {
            return new String(content, from, to - from, StandardCharsets.US_ASCII);
        }

        private static boolean isBlank(byte octet) {
            return octet == ' ' || octet == '\t';
        }
    }
}
