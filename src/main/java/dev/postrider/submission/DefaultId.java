package dev.postrider.submission;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The id of a request that names none: the same each time the same record or file is read, so that a repetition is
 * known as one.
 */
final class DefaultId {

    /** As the schema has it for those that are given. */
    private static final int LONGEST = 200;

    /** 64 bits: enough to tell the versions of one file name apart. */
    private static final int HASH_BYTES = 8;

    private DefaultId() {}

    static String of(Arrival arrival) {
        if (arrival.origin() instanceof Origin.TopicRecord record) {
            return fitted(record.topic(), "-" + record.partition() + "-" + record.offset());
        }
        Origin.InboxFile file = (Origin.InboxFile) arrival.origin();
        return fitted(
                Excerpt.printable(file.fileName()),
                "-" + hash(arrival.content() == null ? new byte[0] : arrival.content()));
    }

    /** What an event is called, cut to what an id may be. */
    static String ofEvent(String id) {
        return fitted(Excerpt.printable(id), "");
    }

    private static String fitted(String name, String suffix) {
        String id = name + suffix;
        if (id.codePointCount(0, id.length()) <= LONGEST) {
            return id;
        }
        // What is cut off must still count: two long names may differ there only.
        String whole = "-" + hash(name.getBytes(StandardCharsets.UTF_8)) + suffix;
        return name.substring(0, name.offsetByCodePoints(0, LONGEST - whole.length())) + whole;
    }

    private static String hash(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
