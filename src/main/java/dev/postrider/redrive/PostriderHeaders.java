package dev.postrider.redrive;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers Postrider puts beside those of the sender; each name stands here and nowhere else in this package. */
final class PostriderHeaders {

    static final String ID = "postrider-id";
    static final String REASON = "postrider-reason";
    static final String DETAIL = "postrider-detail";
    static final String RETRYABLE = "postrider-retryable";
    static final String REPLY = "postrider-reply";
    static final String ENHANCED_CODE = "postrider-enhanced-code";
    static final String REMAINING_RECIPIENTS = "postrider-remaining-recipients";
    static final String FAILED_AT = "postrider-failed-at";
    static final String SOURCE_TOPIC = "postrider-source-topic";
    static final String SOURCE_PARTITION = "postrider-source-partition";
    static final String SOURCE_OFFSET = "postrider-source-offset";
    static final String SOURCE_TIMESTAMP = "postrider-source-timestamp";
    static final String REDRIVE_COUNT = "postrider-redrive-count";
    static final String FAILURE = "postrider-failure";
    static final String HISTORY = "postrider-history";
    static final String REDRIVEN_FROM = "postrider-redriven-from";
    /** Says that the value did not fit into the topic of dead letters. */
    static final String CONTENT = "postrider-content";

    static final String DUE = "postrider-due";
    static final String RECIPIENTS = "postrider-recipients";

    private static final Set<String> OURS = Set.of(
            ID,
            REASON,
            DETAIL,
            RETRYABLE,
            REPLY,
            ENHANCED_CODE,
            REMAINING_RECIPIENTS,
            FAILED_AT,
            SOURCE_TOPIC,
            SOURCE_PARTITION,
            SOURCE_OFFSET,
            SOURCE_TIMESTAMP,
            REDRIVE_COUNT,
            FAILURE,
            HISTORY,
            REDRIVEN_FROM,
            CONTENT,
            DUE,
            RECIPIENTS);

    private PostriderHeaders() {}

    /** The last of this name: the sender's own headers come before ours. */
    static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /** The sender's own, in order, duplicates included. */
    static Headers without(Headers headers) {
        Headers own = new RecordHeaders();
        headers.forEach(header -> {
            if (!OURS.contains(header.key())) {
                own.add(header);
            }
        });
        return own;
    }
}
