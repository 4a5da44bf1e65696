package dev.postrider.corpus;

import static dev.postrider.corpus.CorpusRequest.attached;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.corpus.CorpusRequest.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Attachments by their names, sizes and types. */
final class HardFiles {

    private HardFiles() {}

    private static List<String> names() {
        return List.of(
                "no ending",
                ".hidden",
                "...",
                "..a..pdf",
                " spaces around .pdf ",
                "two  spaces.pdf",
                "quo\"ted\".pdf",
                "it's.pdf",
                "utf-8''it%20is.pdf",
                "100%25.pdf",
                "a;b=c, d (e) <f> [g].pdf",
                "star*0*=x.pdf",
                "=?UTF-8?Q?literal?=.pdf",
                "a:b|c?d.pdf",
                "~$&!#+.pdf",
                "con\u0301geste\u0301.pdf",
                "\u202Efdp.exe",
                "a\u2028b\u3000c.pdf",
                "n".repeat(251) + ".pdf",
                "名".repeat(251) + ".pdf",
                "ü n ".repeat(62) + ".pdf",
                "😀".repeat(120) + ".pdf");
    }

    /** Sizes at which base64 begins a line or pads (57 octets are a line of 76 characters). */
    private static final List<Integer> SIZES = List.of(0, 1, 2, 3, 54, 55, 56, 57, 58, 75, 76, 77, 114, 8192, 100_000);

    private static Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("with a parameter", "text/csv; charset=utf-8; header=present");
        types.put("with a quoted parameter", "application/x-note; title=\"a; b\"");
        types.put("in another case", "Text/HTML");
        types.put("nobody knows", "application/vnd.example+json");
        return types;
    }

    static List<CorpusRequest> all() {
        List<CorpusRequest> requests = new ArrayList<>();
        names().forEach(name -> requests.add(CorpusRequest.of("a file named " + shortened(name), attached(name))));
        SIZES.forEach(size ->
                requests.add(CorpusRequest.of("a file of " + size + " octets", attached("data.bin", noise(size)))));
        types().forEach((name, type) -> requests.add(CorpusRequest.of(
                "a file of a type " + name,
                attached("data"),
                request -> ((ObjectNode) request.at("/attachments/0")).put("contentType", type))));
        requests.add(CorpusRequest.of("twenty files", twenty()));
        requests.add(CorpusRequest.of("two files of one name", attached("same.txt"), attached("same.txt")));
        requests.add(CorpusRequest.of("a text of unix", attached("unix.txt", "a\nb\n.\nc".getBytes(US_ASCII))));
        return requests;
    }

    private static Piece[] twenty() {
        Piece[] files = new Piece[20];
        for (int i = 0; i < files.length; i++) {
            files[i] = attached("file " + i + ".txt", noise(i));
        }
        return files;
    }

    static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    private static String shortened(String name) {
        return name.length() <= 30 ? name : name.substring(0, 30) + "… (" + name.length() + ")";
    }
}
