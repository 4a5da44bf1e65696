package dev.postrider.redrive;

import dev.postrider.submission.PostriderHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Tells the headers of a record's sender from ours. */
final class SendersHeaders {

    private SendersHeaders() {}

    /** One of ours, as text: the last of this name, since the sender's own come before ours. */
    static Optional<String> ours(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /** The sender's own, in order, duplicates included. */
    static Headers of(Headers headers) {
        Headers own = new RecordHeaders();
        headers.forEach(header -> {
            if (!header.key().startsWith(PostriderHeaders.PREFIX)) {
                own.add(header);
            }
        });
        return own;
    }
}
