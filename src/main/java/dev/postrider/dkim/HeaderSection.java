package dev.postrider.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The fields of a message in their relaxed form (RFC 6376 §3.4.2), in order: the name in lower case, folding undone, white
 * space shrunk to one space, none at the ends. A character stands for an octet, whatever its charset.
 */
record HeaderSection(List<Field> fields) {

    /** @param name in lower case */
    record Field(String name, String relaxed) {}

    /** @param octets lines that end with CRLF; the empty one at the end may be there */
    static HeaderSection of(byte[] octets) {
        List<Field> fields = new ArrayList<>();
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        for (int begin = 0; begin < text.length(); ) {
            int end = endOfField(text, begin);
            int colon = text.indexOf(':', begin);
            // What has no colon is no field, and nothing a signature could name.
            if (colon >= 0 && colon < end) {
                String name = text.substring(begin, colon).strip().toLowerCase(Locale.ROOT);
                fields.add(new Field(name, name + ":" + relaxed(text.substring(colon + 1, end))));
            }
            begin = end;
        }
        return new HeaderSection(fields);
    }

    long count(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).count();
    }

    /**
     * What is signed of these fields, in this order, each with its CRLF. A name that stands several times in the list takes
     * the fields from the last one upwards, and once there are none left it takes nothing (RFC 6376 §5.4.2).
     */
    String signed(List<String> names) {
        StringBuilder signed = new StringBuilder();
        Map<String, Integer> below = new HashMap<>();
        for (String listed : names) {
            String name = listed.toLowerCase(Locale.ROOT);
            int next = below.getOrDefault(name, fields.size()) - 1;
            while (next >= 0 && !fields.get(next).name().equals(name)) {
                next--;
            }
            if (next >= 0) {
                signed.append(fields.get(next).relaxed()).append("\r\n");
            }
            below.put(name, Math.max(next, 0));
        }
        return signed.toString();
    }

    /** Of the text after the colon. */
    static String relaxed(String value) {
        StringBuilder relaxed = new StringBuilder(value.length());
        boolean space = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ' ' || c == '\t') {
                space = true;
            } else if (c != '\r' && c != '\n') {
                if (space && !relaxed.isEmpty()) {
                    relaxed.append(' ');
                }
                space = false;
                relaxed.append(c);
            }
        }
        return relaxed.toString();
    }

    /** Behind the line end that no continuation follows. */
    private static int endOfField(String text, int begin) {
        int end = begin;
        do {
            int feed = text.indexOf('\n', end);
            end = feed < 0 ? text.length() : feed + 1;
        } while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t'));
        return end;
    }
}
