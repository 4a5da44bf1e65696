package dev.postrider.submission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Where a send request came from. Names it in every log line and error. */
public sealed interface Origin {

    /** One word or two a person finds it again by: {@code mail.requests-0@17}, {@code inbox/order-17.json}. */
    String name();

    /** When it came into being: with it, a topic made anew and a file dropped again are told from those before. */
    Instant time();

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
        public Instant time() {
            return timestamp;
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
     * @param modified when its content was last written, to the millisecond; it stays so wherever the file is moved
     */
    record InboxFile(Path claimed, String fileName, Instant modified) implements Origin {

        /** A file whose time nobody has asked for. */
        public InboxFile(Path claimed, String fileName) {
            this(claimed, fileName, Instant.EPOCH);
        }

        /** A file as it stands there, and not what a link leads to. */
        public static InboxFile at(Path claimed, String fileName) {
            try {
                long modified = Files.getLastModifiedTime(claimed, LinkOption.NOFOLLOW_LINKS)
                        .toMillis();
                return new InboxFile(claimed, fileName, Instant.ofEpochMilli(modified));
            } catch (IOException e) {
                return new InboxFile(claimed, fileName); // It cannot be read either, which is told then.
            }
        }

        @Override
        public Instant time() {
            return modified;
        }

        /** A file name may hold line breaks and escapes; what is logged may not. */
        @Override
        public String name() {
            return "inbox/" + Excerpt.printable(fileName);
        }
    }
}
