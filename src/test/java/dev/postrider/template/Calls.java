package dev.postrider.template;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.AttachmentsRoot;
import dev.postrider.submission.InvalidRequest;
import dev.postrider.submission.Origin;
import dev.postrider.submission.RequestLimits;
import dev.postrider.submission.RequestReader;
import dev.postrider.submission.SendRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Requests that call a template, read as they come in. */
final class Calls {

    static final JsonNode NO_DATA = JsonNodeFactory.instance.objectNode();
    static final Arrival ARRIVAL = arrival(new byte[0]);

    private static final RequestReader READER = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none());

    private Calls() {}

    static SendRequest of(String name, String data) {
        return of(name, data, "");
    }

    static SendRequest of(String name, String data, String subject) {
        return read("{'from': 'a@b.c', 'to': ['d@e.f'], 'subject': '" + subject + "', 'template': {'name': '" + name
                + "', 'data': " + data.replace('\'', '\u0001') + "}}");
    }

    /** The members of {@code template}, with single quotes. */
    static SendRequest template(String members) {
        return read("{'from': 'a@b.c', 'to': ['d@e.f'], 'template': {" + members + "}}");
    }

    static SendRequest read(String request) {
        byte[] content = request.replace('\'', '"').replace('\u0001', '\'').getBytes(StandardCharsets.UTF_8);
        try {
            return READER.read(arrival(content));
        } catch (InvalidRequest invalid) {
            throw new AssertionError(invalid);
        }
    }

    static String refusal(Templates templates, String name, String data) {
        SendRequest request = of(name, data);
        return catchThrowableOfType(InvalidRequest.class, () -> templates.fill(request, ARRIVAL))
                .getMessage();
    }

    private static Arrival arrival(byte[] content) {
        Origin origin =
                new Origin.TopicRecord("mail.requests", 0, 17, Instant.parse("2026-03-01T04:00:00Z"), null, List.of());
        return new Arrival(origin, content, () -> {});
    }
}
