package dev.postrider.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A send request as it was written, for looking up and editing single fields; whether it is valid is not asked here. */
record RequestTree(ObjectNode tree) {

    private static final List<String> RECIPIENT_FIELDS = List.of("to", "cc", "bcc");

    /** Empty if it is no JSON object, or a CloudEvent, whose fields are not the request's. */
    static Optional<RequestTree> read(byte[] content) {
        return Json.object(content).filter(tree -> !tree.has("specversion")).map(RequestTree::new);
    }

    /** The addresses of all recipients, as they are written. */
    List<String> recipients() {
        List<String> addresses = new ArrayList<>();
        for (String field : RECIPIENT_FIELDS) {
            tree.path(field).forEach(mailbox -> addresses.add(address(mailbox)));
        }
        return addresses;
    }

    /**
     * Changes recipients in place.
     *
     * @param change gives an address its successor, or "" to leave it out
     */
    void changeRecipients(UnaryOperator<String> change) {
        for (String field : RECIPIENT_FIELDS) {
            if (tree.get(field) instanceof ArrayNode mailboxes) {
                ArrayNode changed = mailboxes.arrayNode();
                mailboxes.forEach(mailbox -> {
                    String successor = change.apply(address(mailbox));
                    if (!successor.isEmpty()) {
                        changed.add(withAddress(mailbox, successor));
                    }
                });
                tree.set(field, changed);
            }
        }
    }

    private static String address(JsonNode mailbox) {
        if (mailbox.isObject()) {
            return mailbox.path("address").asText();
        }
        String text = mailbox.asText();
        return text.endsWith(">") ? text.substring(text.lastIndexOf('<') + 1, text.length() - 1) : text;
    }

    /** The display name stays, whichever way it is written. */
    private static JsonNode withAddress(JsonNode mailbox, String address) {
        if (address(mailbox).equals(address)) {
            return mailbox;
        }
        if (mailbox instanceof ObjectNode object) {
            return object.deepCopy().put("address", address);
        }
        String text = mailbox.asText();
        return TextNode.valueOf(
                text.endsWith(">") ? text.substring(0, text.lastIndexOf('<') + 1) + address + ">" : address);
    }
}
