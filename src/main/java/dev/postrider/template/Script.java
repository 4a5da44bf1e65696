package dev.postrider.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.qute.Template;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One file of a template, parsed. Thread-safe.
 *
 * @param file as a person finds it: {@code order-confirmation/body.html}
 */
record Script(String file, Template template) {

    static Script parse(TemplateLanguage language, String file, String content) throws TemplateFault {
        try {
            return new Script(file, language.parse(file, content));
        } catch (RuntimeException | StackOverflowError malformed) {
            throw Complaint.of(file, malformed).ofTemplate();
        }
    }

    String render(JsonNode data) throws TemplateFault {
        Budget budget = new Budget();
        StringBuilder text = new StringBuilder();
        try {
            CompletableFuture<Void> end = template.instance()
                    .data(DataValue.of("$.template.data", data, budget))
                    .setAttribute(LimitedLoop.BUDGET, budget)
                    .consume(piece -> {
                        budget.output(piece.length());
                        text.append(piece);
                    })
                    .toCompletableFuture();
            if (!end.isDone()) {
                throw new IllegalStateException("nothing here is done later");
            }
            end.join();
            return text.toString();
        } catch (CompletionException failed) {
            throw Complaint.of(file, failed.getCause()).ofData();
        } catch (RuntimeException | StackOverflowError failed) {
            throw Complaint.of(file, failed).ofData();
        }
    }
}
