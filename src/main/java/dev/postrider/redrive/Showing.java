package dev.postrider.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code redrive show}: everything that is known of a dead letter, and the request itself. */
final class Showing {

    /** What is longer, an attachment for example, is not what one looks for here. */
    private static final int LONGEST_TEXT = 500;

    private static final int MOST_BYTES = 8_000;

    private final Terminal terminal;
    private final Listing.Form form;

    Showing(Terminal terminal, Listing.Form form) {
        this.terminal = terminal;
        this.form = form;
    }

    ExitCode show(Sources sources) {
        Set<Place> shown = new HashSet<>();
        sources.each((source, letter) -> {
            shown.add(letter.parked().place());
            if (form == Listing.Form.JSON) {
                ObjectNode json =
                        Listing.json(letter).set("failure", letter.parked().failure());
                DeadLetterSource.request(letter).ifPresent(request -> json.set("request", request.tree()));
                terminal.line(Json.line(json));
            } else {
                show(source, letter);
            }
        });
        List<String> missing = sources.missing(shown);
        missing.forEach(terminal::note);
        if (shown.isEmpty() && missing.isEmpty()) {
            terminal.note("none of " + sources.seen() + " dead letters is chosen by that; list shows them");
        }
        return missing.isEmpty() && !shown.isEmpty() ? ExitCode.DONE : ExitCode.SOME_LEFT;
    }

    private void show(DeadLetterSource source, Letter letter) {
        Parked parked = letter.parked();
        field("where", parked.place().toString());
        field("id", parked.id().orElse("-"));
        field("reason", parked.reason() + (parked.retryable() ? ", retryable" : ", not retryable as it is"));
        field("detail", parked.detail());
        field("failed at", parked.failedAt().toString());
        field("came from", parked.source().isEmpty() ? "-" : Json.line(parked.source()));
        field("would go to", source.target(letter));
        field("redrives", Integer.toString(parked.redrives()));
        List<String> recipients = Sources.recipients(letter);
        field("left over", recipients.isEmpty() ? "-" : String.join(", ", recipients));
        parked.failure().path("recipients").forEach(recipient -> field("", Json.line(recipient)));
        parked.failure().path("attempts").forEach(attempt -> field("attempt", Json.line(attempt)));
        if (letter instanceof TopicLetter onTopic) {
            field("key", text(onTopic.record().key()));
            SendersHeaders.of(onTopic.record().headers())
                    .forEach(header -> field("header", header.key() + ": " + text(header.value())));
        }
        terminal.line("");
        request(letter);
        terminal.line("");
    }

    private void request(Letter letter) {
        try {
            byte[] content = letter.content().orElse(new byte[0]);
            RequestTree.read(content)
                    .map(request -> Json.pretty(shortened(request.tree())))
                    .orElseGet(() -> beginning(content))
                    .lines()
                    .forEach(terminal::line);
        } catch (Refused e) {
            terminal.line("(" + e.getMessage() + ")");
        }
    }

    private static String beginning(byte[] content) {
        String text = new String(content, 0, Math.min(content.length, MOST_BYTES), StandardCharsets.UTF_8);
        return content.length <= MOST_BYTES ? text : text + "\n… (" + content.length + " bytes)";
    }

    private static JsonNode shortened(JsonNode value) {
        if (value.isTextual() && value.textValue().length() > LONGEST_TEXT) {
            String text = value.textValue();
            return TextNode.valueOf(text.substring(0, 60) + "… (" + text.length() + " characters)");
        }
        JsonNode copy = value.isContainerNode() ? value.deepCopy() : value;
        if (copy instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> object.replace(name, shortened(object.get(name))));
        }
        if (copy instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, shortened(array.get(i)));
            }
        }
        return copy;
    }

    private void field(String name, String value) {
        terminal.line(String.format("%-12s %s", name, value));
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "(none)" : new String(bytes, StandardCharsets.UTF_8);
    }
}
