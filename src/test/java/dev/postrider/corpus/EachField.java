package dev.postrider.corpus;

import static dev.postrider.corpus.CorpusRequest.with;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.corpus.CorpusRequest.Piece;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Each field of the contract, alone and beside each other one. */
final class EachField {

    /** A meeting; the lines of it are short. */
    static final String INVITATION = """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//Example Shop//Visits//EN
            METHOD:REQUEST
            BEGIN:VEVENT
            UID:visit-17@example.com
            DTSTAMP:20260301T040000Z
            DTSTART:20260305T090000Z
            SUMMARY:TITLE
            ORGANIZER:mailto:shop@example.com
            ATTENDEE;RSVP=TRUE:mailto:ada@example.org
            END:VEVENT
            END:VCALENDAR
            """;

    private EachField() {}

    /** What is in a name of its own here is in the pairs, too. */
    private static Map<String, Piece> pieces() {
        Map<String, Piece> pieces = new LinkedHashMap<>();
        pieces.put("$schema", with("$schema", "send-request.schema.json"));
        pieces.put("id", with("id", "order/17 – ü"));
        pieces.put("sender", with("sender", "Mailer <mailer@example.com>"));
        pieces.put("to", EachField::threeRecipients);
        pieces.put("cc", request -> request.putArray("cc").add("Sales <sales@example.com>"));
        pieces.put("bcc", request -> request.putArray("bcc").add("Archive <archive@example.com>"));
        pieces.put(
                "replyTo",
                request -> request.putArray("replyTo").add("help@example.com").add("Ann <ann@example.com>"));
        pieces.put("returnPath", with("returnPath", "bounces+order-17@example.com"));
        pieces.put("subject", with("subject", "Your order 17 is on its way"));
        pieces.put("html", with("html", "<p>Thank <b>you</b>.</p>"));
        pieces.put("headers", EachField::twoFields);
        pieces.put("attachments", CorpusRequest.attached("invoice.pdf"));
        pieces.put("inline", EachField::picture);
        pieces.put(
                "file",
                request -> request.withArray("attachments")
                        .addObject()
                        .put("filename", "terms.pdf")
                        .put("file", CorpusMail.FILE)
                        .put("sha256", sha256(CorpusMail.FILE_CONTENT)));
        pieces.put("calendar", request -> invite(request, "Visit"));
        pieces.put("listUnsubscribe", EachField::unsubscribe);
        pieces.put("template", request -> greet(request, "Ada"));
        pieces.put("dsn", EachField::reports);
        // The clock of CorpusMail is between the two.
        pieces.put("sendAt", with("sendAt", "2026-02-13T05:05:00+01:00"));
        pieces.put("expiresAt", with("expiresAt", "2026-02-13T04:06:00Z"));
        pieces.put("metadata", request -> request.putObject("metadata").put("tenant", "north"));
        pieces.put("onUnknown", with("onUnknown", "park"));
        return pieces;
    }

    static List<CorpusRequest> alone() {
        List<CorpusRequest> requests = new ArrayList<>(List.of(
                CorpusRequest.of("the smallest"),
                CorpusRequest.of("from, named", with("from", "Example Shop <shop@example.com>")),
                CorpusRequest.of("from, quoted", with("from", "\"Shop, \\\"the\\\" Example\" <shop@example.com>")),
                CorpusRequest.of("from, as an object", EachField::fromAsAnObject),
                CorpusRequest.of("returnPath, null", with("returnPath", "")),
                CorpusRequest.of("sender, who is the author", with("sender", "shop@example.com")),
                CorpusRequest.of("html alone", with("html", "<p>Thank <b>you</b>.</p>"), CorpusRequest.without("text")),
                CorpusRequest.of(
                        "html without words", with("html", "<img src='cid:x'>"), CorpusRequest.without("text")),
                CorpusRequest.of("listUnsubscribe by mail", EachField::unsubscribeByMail)));
        pieces().forEach((name, piece) -> requests.add(CorpusRequest.of(name, piece)));
        return requests;
    }

    static List<CorpusRequest> inPairs() {
        List<Map.Entry<String, Piece>> pieces = List.copyOf(pieces().entrySet());
        List<CorpusRequest> requests = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            for (int j = i + 1; j < pieces.size(); j++) {
                String name = pieces.get(i).getKey() + " and " + pieces.get(j).getKey();
                // The template makes the html.
                if (!name.equals("html and template")) {
                    requests.add(CorpusRequest.of(
                            name, pieces.get(i).getValue(), pieces.get(j).getValue()));
                }
            }
        }
        return requests;
    }

    static void invite(ObjectNode request, String title) {
        request.putObject("calendar").put("method", "REQUEST").put("content", INVITATION.replace("TITLE", title));
    }

    /** Its words are made by the template {@code greeting} of {@link CorpusMail}. */
    static void greet(ObjectNode request, String name) {
        request.remove("text");
        request.remove("html");
        request.putObject("template")
                .put("name", "greeting")
                .put("locale", "tr-TR")
                .putObject("data")
                .put("name", name);
    }

    private static void fromAsAnObject(ObjectNode request) {
        request.putObject("from").put("name", "Shop (of Examples)").put("address", "shop@example.com");
    }

    private static void threeRecipients(ObjectNode request) {
        request.putArray("to")
                .add("Ada Lovelace <ada@example.org>")
                .add("bob@example.org")
                .addObject()
                .put("name", "Hopper, Grace")
                .put("address", "grace@example.org");
    }

    private static void twoFields(ObjectNode request) {
        request.putObject("headers").put("Auto-Submitted", "auto-generated").put("X-Campaign", "spring 2026");
    }

    private static void picture(ObjectNode request) {
        if (!request.has("template")) {
            request.put("html", "<p>Thank you. <img src=\"cid:logo\"></p>");
        }
        request.withArray("attachments")
                .addObject()
                .put("filename", "logo.png")
                .put("content", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})
                .put("inline", true)
                .put("contentId", "logo");
    }

    /** Not of a success: it would come back as a mail. */
    private static void reports(ObjectNode request) {
        ObjectNode dsn = request.putObject("dsn").put("return", "headers").put("envid", "order 17+=");
        dsn.putArray("notify").add("failure").add("delay");
    }

    private static void unsubscribe(ObjectNode request) {
        request.putObject("listUnsubscribe")
                .put("url", "https://example.com/unsubscribe/c3f1a9?list=a%2Cb")
                .put("mailto", "leave@example.com")
                .put("oneClick", true);
    }

    private static void unsubscribeByMail(ObjectNode request) {
        request.putObject("listUnsubscribe").put("mailto", "mailto:leave@example.com?subject=unsubscribe%20c3f1a9");
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
