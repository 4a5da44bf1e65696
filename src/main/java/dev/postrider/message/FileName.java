package dev.postrider.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The name of an attachment, as parameters of the two fields that carry it.
 *
 * <p>{@code Content-Disposition: …; filename} is where it belongs (RFC 2183 §2.3), in the form of RFC 2231.
 * {@code Content-Type: …; name} is for readers that know neither; they expect an encoded word there, as Outlook and
 * Gmail write it, although RFC 2047 §5 forbids it in a quoted string. A reader that knows RFC 2231 does not look at it.
 *
 * <p>Jakarta Mail writes the first form on one line however long it gets, hence this class.
 */
final class FileName {

    private static final HexFormat UPPER_CASE = HexFormat.of().withUpperCase();

    // Not ' % * " \, though a quoted string may hold them: some readers take the first three for RFC 2231 and cannot
    // read the last two escaped.
    private static final Pattern PLAIN = Pattern.compile("[ !#$&(-)+-\\[\\]-~]{1,60}");

    // attribute-char (RFC 2231 §7), less most of its marks.
    private static final String UNENCODED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";
    private static final int LONGEST_SECTION = 54;

    private final String name;

    FileName(String name) {
        this.name = name;
    }

    /** To be appended to the body of a Content-Disposition field. */
    String asFilenameParameter() {
        if (isPlain()) {
            return ";\r\n filename=\"" + name + '"';
        }
        // RFC 2231 §3 and §4: sections, numbered from 0, the first with the character set.
        List<String> sections = sections();
        if (sections.size() == 1) {
            return ";\r\n filename*=" + sections.get(0);
        }
        return IntStream.range(0, sections.size())
                .mapToObj(i -> ";\r\n filename*" + i + "*=" + sections.get(i))
                .collect(Collectors.joining());
    }

    /** To be appended to the body of a Content-Type field. */
    String asNameParameter() {
        return ";\r\n name=\"" + (isPlain() ? name : String.join("\r\n ", EncodedWords.of(name))) + '"';
    }

    private boolean isPlain() {
        return PLAIN.matcher(name).matches() && !EncodedWords.areNeededFor(name);
    }

    private List<String> sections() {
        List<StringBuilder> sections = new ArrayList<>(List.of(new StringBuilder("UTF-8''")));
        for (int c : name.codePoints().toArray()) {
            String octets = percentEncoded(c);
            if (sections.get(sections.size() - 1).length() + octets.length() > LONGEST_SECTION) {
                sections.add(new StringBuilder());
            }
            sections.get(sections.size() - 1).append(octets);
        }
        return sections.stream().map(StringBuilder::toString).toList();
    }

    private static String percentEncoded(int c) {
        if (UNENCODED.indexOf(c) >= 0) {
            return String.valueOf((char) c);
        }
        StringBuilder octets = new StringBuilder();
        for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
            octets.append('%').append(UPPER_CASE.toHexDigits(octet));
        }
        return octets.toString();
    }
}
