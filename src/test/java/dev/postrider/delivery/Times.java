package dev.postrider.delivery;

import dev.postrider.submission.Arrival;
import dev.postrider.submission.AttachmentsRoot;
import dev.postrider.submission.InvalidRequest;
import dev.postrider.submission.Origin;
import dev.postrider.submission.RequestLimits;
import dev.postrider.submission.RequestReader;
import dev.postrider.submission.SendRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/** Requests with a time, to a@example.org and b@example.org. */
final class Times {

    private static final RequestReader READER = new RequestReader(RequestLimits.defaults(), AttachmentsRoot.none());

    private Times() {}

    static SendRequest sendAt(Instant time) {
        return with("sendAt", time);
    }

    static SendRequest expiresAt(Instant time) {
        return with("expiresAt", time);
    }

    private static SendRequest with(String field, Instant time) {
        String request =
                "{\"id\": \"order\", \"from\": \"shop@example.com\", \"to\": [\"a@example.org\", \"b@example.org\"],"
                        + " \"text\": \"\", \"" + field + "\": \"" + time + "\"}";
        Origin origin = new Origin.InboxFile(Path.of("order.json"), "order.json");
        try {
            return READER.read(new Arrival(origin, request.getBytes(StandardCharsets.UTF_8), () -> {}));
        } catch (InvalidRequest e) {
            throw new AssertionError(e);
        }
    }
}
