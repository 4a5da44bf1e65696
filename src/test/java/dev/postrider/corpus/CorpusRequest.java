package dev.postrider.corpus;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * A send request of the corpus.
 *
 * @param name says what is special about it
 * @param json the request; not to be changed
 */
public record CorpusRequest(String name, ObjectNode json) {

    /** A part of a request, put into one that has an author, a recipient and a text. */
    interface Piece {
        void into(ObjectNode request);
    }

    static CorpusRequest of(String name, Piece... pieces) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("from", "shop@example.com");
        request.putArray("to").add("ada@example.org");
        request.put("text", "Thank you.");
        for (Piece piece : pieces) {
            piece.into(request);
        }
        if (request.has("id")) {
            // Two requests with one id are one mail.
            request.put("id", request.get("id").asText() + ", " + name);
        }
        return new CorpusRequest(name, request);
    }

    /** A member with this text. */
    static Piece with(String member, String text) {
        return request -> request.put(member, text);
    }

    static Piece without(String member) {
        return request -> request.remove(member);
    }

    /** An attachment beside those that are there. */
    static Piece attached(String filename, byte[] content) {
        return request -> request.withArray("attachments")
                .addObject()
                .put("filename", filename)
                .put("content", content);
    }

    static Piece attached(String filename) {
        return attached(filename, "one".getBytes(StandardCharsets.UTF_8));
    }

    /** Mailboxes in one of the lists, instead of those that are there, in the form that takes a name as it is. */
    static Piece named(String member, String name, String... addresses) {
        return request -> {
            var list = request.putArray(member);
            for (String address : addresses) {
                list.addObject().put("name", name).put("address", address);
            }
        };
    }

    public byte[] octets() {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }
}
