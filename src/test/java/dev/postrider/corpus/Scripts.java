package dev.postrider.corpus;

import static dev.postrider.corpus.CorpusRequest.attached;
import static dev.postrider.corpus.CorpusRequest.with;
import static dev.postrider.corpus.CorpusRequest.without;

import dev.postrider.corpus.CorpusRequest.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Turkish, Japanese, Arabic and emoji in every position: names, subjects, fields, file names, bodies. */
final class Scripts {

    private Scripts() {}

    static Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        // The letters that a wrong locale or a wrong character set changes first.
        words.put("Turkish", "Siparişiniz yola çıktı: ığüşöç İĞÜŞÖÇ");
        words.put("Japanese", "ご注文の確認：注文番号17番、ガ・が・ｶﾞ、𠮷野家");
        words.put("Arabic", "تأكيد الطلب رقم ١٧ — شكرًا لكم (PDF) على ثقتكم");
        // A family of four, a flag of two letters, one of seven characters, a skin colour, a variation selector.
        words.put("emoji", "👩‍👩‍👧‍👦 🇹🇷 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👍🏽 ❤️ 📦");
        return words;
    }

    private static Map<String, Function<String, List<Piece>>> positions() {
        Map<String, Function<String, List<Piece>>> positions = new LinkedHashMap<>();
        positions.put(
                "the author's name",
                words -> List.of(
                        request -> request.putObject("from").put("name", words).put("address", "shop@example.com")));
        positions.put(
                "the author's name, unquoted",
                words -> List.of(with("from", words.replaceAll("[:()]", "") + " <shop@example.com>")));
        positions.put("everybody's name", HardLines::everybody);
        positions.put("the subject", words -> List.of(with("subject", words)));
        positions.put(
                "a long subject",
                words -> List.of(with("subject", (words + " ").repeat(15).strip())));
        positions.put(
                "a header field",
                words -> List.of(request -> request.putObject("headers").put("X-Note", words)));
        positions.put("the text", words -> List.of(with("text", (words + "\n").repeat(3))));
        positions.put("a long text", words -> List.of(with("text", words.repeat(100))));
        positions.put("the html", words -> List.of(with("html", "<p title=\"" + words + "\">" + words + "</p>")));
        positions.put("html alone", words -> List.of(with("html", "<p>" + words + "</p>"), without("text")));
        positions.put("a file name", words -> List.of(attached(words + ".pdf")));
        positions.put("a long file name", words -> List.of(attached(words.repeat(3) + ".pdf")));
        positions.put("an invitation", words -> List.of(request -> EachField.invite(request, words)));
        positions.put("a template", words -> List.of(request -> EachField.greet(request, words)));
        return positions;
    }

    static List<CorpusRequest> everywhere() {
        List<CorpusRequest> requests = new ArrayList<>();
        words().forEach((script, words) -> positions()
                .forEach((position, pieces) -> requests.add(CorpusRequest.of(
                        script + " in " + position, pieces.apply(words).toArray(Piece[]::new)))));
        return requests;
    }
}
