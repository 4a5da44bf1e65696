package dev.postrider.submission;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What comes in at the door, for tests: the record mail.requests-0@17, or a file. */
final class Arrivals {

    private Arrivals() {}

    static Arrival record(String json) {
        return record(json.getBytes(StandardCharsets.UTF_8));
    }

    static Arrival record(byte[] content, Origin.Header... headers) {
        Instant timestamp = Instant.parse("2026-03-01T04:00:00Z");
        return of(new Origin.TopicRecord("mail.requests", 0, 17, timestamp, null, List.of(headers)), content);
    }

    static Arrival file(String name, byte[] content) {
        return of(new Origin.InboxFile(Path.of(".work", "claimed"), name), content);
    }

    static Arrival of(Origin origin, byte[] content) {
        return new Arrival(origin, content, () -> {});
    }
}
