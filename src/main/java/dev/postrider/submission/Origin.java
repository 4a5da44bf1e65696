package dev.postrider.submission;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Where a send request came from. Names it in every log line and error. */
public sealed interface Origin {

    /** One word or two a person finds it again by: {@code mail.requests-0@17}, {@code inbox/order-17.json}. */
    String name();

    /**
     * A record of a topic.
     *
     * @param key as it stood there, or null when it had none
     * @param headers all of them, in order, duplicates included
     */
    record TopicRecord(String topic, int partition, long offset, Instant timestamp, byte[] key, List<Header> headers)
            implements Origin {

        public TopicRecord {
            headers = List.copyOf(headers);
        }

        @Override
        public String name() {
            return topic + "-" + partition + "@" + offset;
        }
    }

    /** A header of a record; the value may be null. */
    record Header(String name, byte[] value) {}

    /**
     * A file of the watched folder.
     *
     * @param claimed where it stands now, in {@code .work/}
     * @param fileName what it was called in {@code inbox/}
     */
    record InboxFile(Path claimed, String fileName) implements Origin {
        /** A file name may hold line breaks and escapes; what is logged may not. */
        @Override
        public String name() {
            return "inbox/" + Excerpt.printable(fileName);
        }
    }
}
