package dev.postrider.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.postrider.smtp.RecipientReport;
import dev.postrider.smtp.Reply;
import dev.postrider.submission.HistoryJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A dead letter's reason as JSON: {@code NAME.failure.json} in the folder, header {@code postrider-failure} on a topic. */
final class FailureReport {

    private static final JsonFactory JSON = new JsonFactory();

    private FailureReport() {}

    static String compact(DeadLetter letter) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            write(letter, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** Indented, in UTF-8, with a line feed at the end. The stream stays open. */
    static void pretty(DeadLetter letter, OutputStream out) throws IOException {
        // Not by the generator's own encoder: it refuses half a character, and the report would never be stored.
        try (JsonGenerator json = JSON.createGenerator(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            write(letter, json);
            json.writeRaw('\n');
        }
    }

    private static void write(DeadLetter letter, JsonGenerator json) throws IOException {
        json.writeStartObject();
        if (letter.id().isPresent()) {
            json.writeStringField("id", letter.id().get());
        }
        json.writeStringField("reason", letter.reason().toString());
        json.writeStringField("detail", letter.detail());
        json.writeBooleanField("retryable", letter.retryable());
        json.writeStringField("failedAt", letter.failedAt().toString());
        HistoryJson.writeAttempts(json, letter.history().attempts());
        json.writeNumberField("redriveCount", letter.history().redrives());
        HistoryJson.writeSource(json, HistoryJson.Source.of(letter.arrival().origin()));
        json.writeArrayFieldStart("remainingRecipients");
        for (String recipient : letter.history().recipients()) {
            json.writeString(recipient);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("recipients");
        for (RecipientReport recipient : letter.recipients()) {
            recipient(json, recipient);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void recipient(JsonGenerator json, RecipientReport recipient) throws IOException {
        Reply reply = recipient.reply();
        json.writeStartObject();
        json.writeStringField("recipient", recipient.recipient());
        json.writeStringField("disposition", Disposition.of(recipient).toString());
        json.writeStringField("stage", recipient.stage().toString());
        json.writeStringField("reply", recipient.lost() ? reply.text() : reply.toString());
        if (reply.enhancedCode().isPresent()) {
            json.writeStringField("enhancedCode", reply.enhancedCode().get());
        }
        json.writeEndObject();
    }
}
