package dev.postrider.corpus;

import static dev.postrider.corpus.CorpusRequest.named;
import static dev.postrider.corpus.CorpusRequest.with;
import static dev.postrider.corpus.CorpusRequest.without;

import dev.postrider.corpus.CorpusRequest.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Addresses and numbers of them that header or envelope have trouble with. Those with a local part outside ASCII want a relay
 * that takes SMTPUTF8.
 */
final class HardAddresses {

    private HardAddresses() {}

    private static Map<String, String> addresses() {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("with a tag", "ada+orders-17@example.org");
        addresses.put("with every sign", "!#$%&'*+/=?^_`{|}~-@example.org");
        addresses.put("quoted, with a space", "\"ada lovelace\"@example.org");
        addresses.put("quoted, with an at sign", "\"ada@home\"@example.org");
        addresses.put("quoted, with a comma and brackets", "\"a,b;<c>(d)[e]:\"@example.org");
        addresses.put("quoted, with escapes", "\"a\\\"b\\\\c\"@example.org");
        addresses.put("quoted, with two dots", "\"a..b\"@example.org");
        addresses.put("of 64 letters and more", "a".repeat(64) + "@" + "b".repeat(60) + ".example.org");
        addresses.put("of 254 octets", "a".repeat(64) + "@" + ("b".repeat(59) + ".").repeat(3) + "exampl.or");
        addresses.put("with a domain in capitals", "Ada@EXAMPLE.Org");
        addresses.put("with a German domain", "info@bücher.example");
        addresses.put("with a Japanese domain", "info@例え.jp");
        addresses.put("in Turkish", "ayşe.ünal@örnek.example");
        addresses.put("in Japanese", "葉子@例え.jp");
        addresses.put("in Arabic", "مرسل@example.org");
        addresses.put("of emoji", "🚚💐@example.org");
        addresses.put("with an A-label", "info@xn--bcher-kva.example");
        return addresses;
    }

    static List<CorpusRequest> all() {
        List<CorpusRequest> requests = new ArrayList<>(List.of(
                CorpusRequest.of("from a German domain", with("from", "Bücher <info@bücher.example>")),
                CorpusRequest.of("from a Japanese domain", with("from", "info@例え.jp")),
                CorpusRequest.of("from a domain in capitals", with("from", "shop@EXAMPLE.com")),
                CorpusRequest.of("an author who is quoted", with("from", "\"the shop\"@example.com")),
                CorpusRequest.of("an author in Japanese", with("from", "葉子 <葉子@example.com>")),
                CorpusRequest.of("hidden recipients alone", without("to"), hidden(3)),
                CorpusRequest.of("an empty list beside hidden ones", named("to", ""), hidden(1)),
                CorpusRequest.of("copies alone", without("to"), named("cc", "Cleo", "cleo@example.org")),
                CorpusRequest.of("one recipient in all three", named("cc", "Ada", "ada@example.org"), again("bcc")),
                CorpusRequest.of(
                        "a domain in both forms", named("to", "", "a@bücher.example", "a@xn--bcher-kva.example")),
                CorpusRequest.of("a hundred hidden recipients", hidden(100)),
                CorpusRequest.of("a thousand recipients", named("to", "Reçipient", numbered(1000)))));
        addresses()
                .forEach((name, address) -> requests.add(CorpusRequest.of(
                        "an address " + name,
                        named("to", "Ada", address),
                        named("cc", "", "b@example.org"),
                        named("bcc", "", "c." + (address.startsWith("\"") ? "d@example.org" : shortened(address))),
                        named("replyTo", "", address),
                        with("returnPath", address))));
        return requests;
    }

    private static String shortened(String address) {
        return address.length() < 100 ? address : "d@example.org";
    }

    private static Piece hidden(int count) {
        return named("bcc", "", numbered(count));
    }

    private static Piece again(String member) {
        return request -> request.putArray(member).add("ada@example.org");
    }

    private static String[] numbered(int count) {
        String[] addresses = new String[count];
        for (int i = 0; i < count; i++) {
            addresses[i] = "recipient-" + i + "@example.org";
        }
        return addresses;
    }
}
