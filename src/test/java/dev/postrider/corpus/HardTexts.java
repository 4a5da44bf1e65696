package dev.postrider.corpus;

import static dev.postrider.corpus.CorpusRequest.with;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts that a body has trouble with: as the text alone, and as text and html beside an attachment. */
final class HardTexts {

    private HardTexts() {}

    private static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("nothing", "");
        texts.put("a line end", "\n");
        texts.put("empty lines at the end", "a\n\n\n");
        texts.put("empty lines at the start", "\n\r\n\na");
        texts.put("every kind of line end", "unix\nmac\rdos\r\nmixed\n\r\n\rend");
        texts.put("dots", ".\n..\n.hidden\n...\nend.\n.");
        texts.put("the end of a message", "a\r\n.\r\nMAIL FROM:<x@y.example>\r\nRCPT TO:<z@y.example>\r\nDATA\r\n");
        texts.put("lines from a mailbox file", "From the start\n>From the other\nFrom \n");
        texts.put("white space at the ends of lines", "space \ntab\t\nboth \t \n \n\t\n-- \nsignature ");
        texts.put("a line of 998 octets", "x".repeat(998) + "\n" + "y".repeat(997) + "é");
        texts.put("a line of 999 octets", "x".repeat(999));
        texts.put("lines around 76 characters", "x".repeat(75) + "\n" + "x".repeat(76) + "\n" + "x".repeat(77) + "é\n");
        texts.put("a word of 5000 letters", "x".repeat(5000) + " " + "ü".repeat(5000));
        texts.put(
                "control characters",
                "bell \u0007 escape \u001b[31m back \b delete \u007f feed \f tab \u000b unit \u001f");
        texts.put("separators of lines", "a\u2028b\u2029c\u0085d\u001ce");
        texts.put("a byte order mark", "\uFEFFmark\uFEFF");
        texts.put("what looks like quoted-printable", "=3D=\n=C3=BC =\n= ü=\n");
        texts.put("what looks like base64", "VGhhbmsgeW91Lg==\n");
        texts.put("what looks like a boundary", "--\n------=_Part_0_1.2\n--boundary--\n--=_\n");
        texts.put("what looks like a header", "Subject: other\nBcc: x@y.example\n\nContent-Type: text/html\n\n<b>\n");
        texts.put("what looks like uuencode", "begin 644 x.txt\n#86)C\n`\nend\n");
        texts.put("a dot and accents", ".\n.ü\n..\n");
        texts.put("one letter with an accent", "ü");
        texts.put("combining characters", "e\u0301\u0323\n\u0301start\n");
        texts.put("10,000 short lines", "a\n".repeat(10_000));
        return texts;
    }

    static List<CorpusRequest> everywhere() {
        List<CorpusRequest> requests = new ArrayList<>();
        texts().forEach((name, text) -> {
            requests.add(CorpusRequest.of(name + ", as text", with("text", text)));
            requests.add(CorpusRequest.of(
                    name + ", in every part",
                    with("text", text),
                    with("html", "<pre>" + text + "</pre>"),
                    CorpusRequest.attached("notes.txt", text.getBytes(UTF_8))));
        });
        return requests;
    }
}
