package dev.postrider.message;

import dev.postrider.submission.AddressSyntax;
import dev.postrider.submission.Mailbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An extra field of the request whose grammar is known. It may be folded where its grammar has a place for it, and an
 * encoded word may stand in it only for a word of a phrase (RFC 2047 §5 (3)): in an address it would be part of the
 * address. What ASCII cannot write there is refused.
 */
final class StructuredField {

    private enum Kind {
        /** RFC 5322 §3.4. */
        MAILBOXES,
        /** Separated by commas (RFC 5322 §3.6.5). */
        PHRASES,
        /** A phrase before the identifier (RFC 2919 §3). */
        LIST_ID,
        /** Message identifiers, URIs, dates, words of a registry: nothing in them can be encoded. */
        ASCII
    }

    private static final Map<String, Kind> KINDS = kinds();

    /** RFC 5322 §2.1.1: 998, less the space of a fold. */
    private static final int LONGEST_TOKEN = 997;

    private StructuredField() {}

    private static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new HashMap<>();
        for (String name : List.of(
                "disposition-notification-to", // RFC 8098 §2.1
                "return-receipt-to",
                "errors-to",
                "x-errors-to",
                "x-complaints-to",
                "x-confirm-reading-to",
                "mail-followup-to",
                "mail-reply-to")) {
            kinds.put(name, Kind.MAILBOXES);
        }
        kinds.put("keywords", Kind.PHRASES);
        kinds.put("list-id", Kind.LIST_ID);
        for (String name : List.of(
                "references", // RFC 5322 §3.6.4
                "in-reply-to",
                "original-message-id",
                "supersedes",
                "obsoletes",
                "archived-at", // RFC 5064
                "auto-submitted", // RFC 3834
                "x-auto-response-suppress",
                "precedence",
                "priority",
                "importance",
                "sensitivity",
                "x-priority",
                "x-msmail-priority",
                "mt-priority", // RFC 6758
                "tls-required", // RFC 8689
                "require-recipient-valid-since", // RFC 7293
                "message-context", // RFC 3458
                "accept-language",
                "expires",
                "expiry-date",
                "reply-by",
                "original-recipient",
                "autocrypt")) {
            kinds.put(name, Kind.ASCII);
        }
        return Map.copyOf(kinds);
    }

    /** Empty for a field of free text, or one that we know nothing of. */
    static Optional<String> body(String name, String value) throws Uncomposable {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        // RFC 2369: URIs in angle brackets.
        Kind kind = KINDS.getOrDefault(lowerCase, lowerCase.startsWith("list-") ? Kind.ASCII : null);
        if (kind == null) {
            return Optional.empty();
        }
        String text = value.strip();
        if (AddressSyntax.isAscii(text)) {
            return Optional.of(folded(name, text));
        }
        return Optional.of(
                switch (kind) {
                    case MAILBOXES -> AddressField.body(name, mailboxes(name, text), Script.ASCII);
                    case PHRASES -> phrases(name, text);
                    case LIST_ID -> listId(name, text);
                    case ASCII -> throw refused(name, "must be ASCII: no other characters can stand in this field");
                });
    }

    private static String folded(String name, String text) throws Uncomposable {
        Folding body = new Folding(name);
        for (Part part : parts(text)) {
            append(part.space(), part.token(), name, body);
        }
        return body.toString();
    }

    private static void append(String space, String token, String name, Folding body) throws Uncomposable {
        if (space.length() + token.length() > LONGEST_TOKEN) {
            throw refused(
                    name, "has more than " + LONGEST_TOKEN + " characters without a place to fold (RFC 5322 §2.1.1)");
        }
        body.append(space, token);
    }

    /** What stands between two places to fold, with the white space before it. */
    private record Part(String space, String token) {}

    /** White space is such a place, and so are a comma and the border between two pairs of angle brackets. */
    private static List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        int start = 0;
        Nesting nesting = new Nesting();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean free = nesting.isOutside();
            nesting.take(c);
            boolean begins = i > start
                    && ((isSpace(c) && !isSpace(text.charAt(i - 1)))
                            || (free && (text.charAt(i - 1) == ',' || (c == '<' && text.charAt(i - 1) == '>'))));
            if (begins) {
                parts.add(part(text.substring(start, i)));
                start = i;
            }
        }
        parts.add(part(text.substring(start)));
        return parts;
    }

    private static Part part(String text) {
        String token = text.stripLeading();
        return new Part(text.substring(0, text.length() - token.length()), token);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static List<Mailbox> mailboxes(String name, String text) throws Uncomposable {
        List<Mailbox> mailboxes = new ArrayList<>();
        for (String each : list(text)) {
            int bracket = each.endsWith(">") ? each.lastIndexOf('<') : -1;
            String phrase =
                    bracket < 0 ? "" : unquoted(each.substring(0, bracket).strip());
            String address = bracket < 0 ? each : each.substring(bracket + 1, each.length() - 1);
            Optional<String> fault = AddressSyntax.faultOf(address);
            if (fault.isPresent()) {
                throw refused(name, "must be a list of local@domain or Name <local@domain>: " + fault.get());
            }
            Mailbox mailbox = new Mailbox(phrase, address);
            if (mailbox.isInternational()) {
                throw refused(name, "must have ASCII before the @ of its addresses");
            }
            mailboxes.add(mailbox);
        }
        return mailboxes;
    }

    private static String phrases(String name, String text) {
        Folding body = new Folding(name);
        List<String> phrases = list(text);
        for (int i = 0; i < phrases.size(); i++) {
            List<String> words = AddressField.phrase(unquoted(phrases.get(i)));
            for (int word = 0; word < words.size(); word++) {
                boolean ends = word == words.size() - 1 && i < phrases.size() - 1;
                body.append(" ", words.get(word) + (ends ? "," : ""));
            }
        }
        return body.toString();
    }

    private static String listId(String name, String text) throws Uncomposable {
        int bracket = text.lastIndexOf('<');
        String id = text.substring(Math.max(bracket, 0));
        if (bracket < 0 || !id.endsWith(">") || !AddressSyntax.isAscii(id) || id.indexOf(' ') >= 0) {
            throw refused(name, "must be a phrase and an identifier in ASCII, as in News <news.example.com>");
        }
        Folding body = new Folding(name);
        for (String word :
                AddressField.phrase(unquoted(text.substring(0, bracket).strip()))) {
            body.append(" ", word);
        }
        append(" ", id, name, body);
        return body.toString();
    }

    /** What stands between the commas. */
    private static List<String> list(String text) {
        List<String> items = new ArrayList<>();
        int start = 0;
        Nesting nesting = new Nesting();
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || (nesting.isOutside() && text.charAt(i) == ',')) {
                String item = text.substring(start, i).strip();
                if (!item.isEmpty()) {
                    items.add(item);
                }
                start = i + 1;
            } else {
                nesting.take(text.charAt(i));
            }
        }
        return items;
    }

    private static String unquoted(String phrase) {
        boolean quoted = phrase.length() > 1 && phrase.startsWith("\"") && phrase.endsWith("\"");
        return quoted ? phrase.substring(1, phrase.length() - 1).replaceAll("\\\\(.)", "$1") : phrase;
    }

    private static Uncomposable refused(String name, String rule) {
        return new Uncomposable("headers." + name + ": " + rule);
    }

    /** Whether a character stands within quotes or angle brackets. */
    private static final class Nesting {
        private boolean quoted;
        private boolean escaped;
        private boolean bracketed;

        void take(char c) {
            if (escaped) {
                escaped = false;
            } else if (quoted && c == '\\') {
                escaped = true;
            } else if (c == '"' && !bracketed) {
                quoted = !quoted;
            } else if (!quoted && (c == '<' || c == '>')) {
                bracketed = c == '<';
            }
        }

        boolean isOutside() {
            return !quoted && !bracketed;
        }
    }
}
