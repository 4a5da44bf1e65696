package dev.postrider.corpus;

import static dev.postrider.corpus.CorpusRequest.named;
import static dev.postrider.corpus.CorpusRequest.with;

import dev.postrider.corpus.CorpusRequest.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One line of text that a header field has trouble with: as subject, as a field of its own, and as everybody's name. */
final class HardLines {

    private static final int LONGEST_NAME = 320;

    private HardLines() {}

    private static Map<String, String> lines() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("combining characters", "e\u0301 a\u0308\u0323 Z\u0338\u0321\u035Ba\u0337l\u0336g\u0337o\u0334");
        lines.put("marks of direction", "\u202Babc \u05D0\u05D1\u05D2\u202C \u2066x\u2069 \u200Fy");
        lines.put("spaces of other kinds", "a\u00A0b\u2003c\u3000d\u200Be");
        lines.put("a wide space around it", "\u3000件名\u3000");
        lines.put("separators of lines", "a\u2028b\u2029c\u0085d");
        lines.put("a byte order mark", "\uFEFFmark");
        lines.put("letters beyond the first plane", "𝒳𝟘😀𠀀");
        lines.put("private and unassigned characters", "\uE000\uFFFD\uFDD0");
        lines.put("a word of 900 letters", "x".repeat(900));
        lines.put("a word of 900 letters with accents", "é".repeat(900));
        lines.put("450 emoji in one word", "😀".repeat(450));
        lines.put(
                "900 characters in words",
                "a few words and more ".repeat(43).substring(0, 899).strip() + ".");
        lines.put(
                "900 characters in two scripts",
                "plain çift ".repeat(90).substring(0, 900).strip());
        lines.put("white space around it", "  \t around \t ");
        lines.put("runs of white space", "one  two   three\tfour \t five" + " ".repeat(90) + "six");
        lines.put("runs of white space between accents", "é  é   é\té");
        lines.put("an encoded word", "=?utf-8?q?x?=");
        lines.put("an encoded word among others", "before =?ISO-8859-9?B?/vA=?= after");
        lines.put("encoded words without end", "=?utf-8?q?x =?= ?= =?");
        lines.put("quotation marks", "\"quoted\" and 'quoted', \"not closed");
        lines.put("backslashes", "\\ back \\\\ slash \\\" \\");
        lines.put("commas and the like", "Doe, Jane; (London) <at> [work]: @home.");
        lines.put("brackets that do not close", "((( <<< [[[ \"");
        lines.put("an address", "a@b.example <c@d.example>, e@f.example");
        lines.put("an empty group", "undisclosed-recipients:;");
        lines.put("every sign of ASCII", " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".strip());
        lines.put("escapes that are none", "%0D%0ABcc: x@y.example \\r\\n =0D=0A &#13;");
        lines.put("a dot", ".");
        lines.put("an equals sign", "=");
        lines.put("an underscore between accents", "ü_ü__ü=C3");
        return lines;
    }

    static List<CorpusRequest> everywhere() {
        List<CorpusRequest> requests = new ArrayList<>(List.of(
                CorpusRequest.of("an empty subject", with("subject", "")),
                CorpusRequest.of("spaces for a subject", with("subject", "    \t "))));
        lines().forEach((name, line) -> {
            requests.add(CorpusRequest.of(name + ", as subject", with("subject", line)));
            requests.add(CorpusRequest.of(
                    name + ", in a header field",
                    request -> request.putObject("headers").put("X-Note", line).put("Comments", line)));
            requests.add(CorpusRequest.of(
                    name + ", as everybody's name", everybody(shortened(line)).toArray(Piece[]::new)));
        });
        return requests;
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME);
    }

    static List<Piece> everybody(String name) {
        return List.of(
                request -> request.putObject("from").put("name", name).put("address", "shop@example.com"),
                request -> request.putObject("sender").put("name", name).put("address", "mailer@example.com"),
                named("to", name, "ada@example.org", "bob@example.org"),
                named("cc", name, "cleo@example.org"),
                named("bcc", name, "eve@example.org"),
                named("replyTo", name, "help@example.com", "sales@example.com"));
    }
}
