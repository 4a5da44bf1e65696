package dev.postrider.redrive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.submission.Excerpt;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** {@code redrive list}: a table for people, or a JSON object a line for machines. */
final class Listing {

    /** How a dead letter is printed. */
    enum Form {
        TABLE,
        JSON
    }

    static final List<String> HEAD =
            List.of("FAILED AT", "WHERE", "ID", "REASON", "REPLY", "RECIPIENTS", "REDRIVES", "DETAIL");

    private final Terminal terminal;
    private final Form form;
    private final Table table;
    private int listed;
    private int retryable;

    Listing(Terminal terminal, Form form) {
        this.terminal = terminal;
        this.form = form;
        this.table = new Table(terminal, HEAD);
    }

    ExitCode list(Sources sources) {
        try {
            sources.each((source, letter) -> list(letter));
        } catch (Interruption.Interrupted nobodyReadsOn) {
            return ExitCode.DONE;
        }
        if (form == Form.TABLE) {
            table.end();
            String of = sources.seen() == listed ? "" : " of " + sources.seen();
            terminal.line(listed + of + " dead " + (sources.seen() == 1 ? "letter" : "letters") + ", " + retryable
                    + " retryable");
        }
        return ExitCode.DONE;
    }

    private void list(Letter letter) {
        listed++;
        retryable += letter.parked().retryable() ? 1 : 0;
        if (form == Form.JSON) {
            terminal.line(Json.line(json(letter)));
        } else {
            table.row(row(letter));
        }
        if (listed % Table.PAGE == 0 && terminal.closed()) {
            throw new Interruption.Interrupted(); // As after "| head".
        }
    }

    private static List<String> row(Letter letter) {
        Parked parked = letter.parked();
        List<String> recipients = Sources.recipients(letter);
        String others = recipients.size() > 1 ? " +" + (recipients.size() - 1) : "";
        return List.of(
                parked.failedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                parked.place().toString(),
                parked.id().orElse("-"),
                parked.reason(),
                parked.replies().stream().findFirst().map(Excerpt::shortened).orElse("-"),
                recipients.stream().findFirst().map(Excerpt::shortened).orElse("-") + others,
                Integer.toString(parked.redrives()),
                Excerpt.shortened(parked.detail()));
    }

    static ObjectNode json(Letter letter) {
        Parked parked = letter.parked();
        ObjectNode json = Json.object().put("place", parked.place().toString());
        parked.id().ifPresent(id -> json.put("id", id));
        json.put("reason", parked.reason())
                .put("detail", parked.detail())
                .put("retryable", parked.retryable())
                .put("failedAt", parked.failedAt().toString());
        texts(json.putArray("replies"), parked.replies());
        texts(json.putArray("enhancedCodes"), parked.enhancedCodes());
        texts(json.putArray("recipients"), Sources.recipients(letter));
        json.put("redrives", parked.redrives()).set("source", parked.source());
        return json;
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
