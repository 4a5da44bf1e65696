package dev.postrider.submission;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The id of a request that names none: the same each time the same record or file is read, so that a repetition is
 * known as one.
 */
final class DefaultId {

    /** As the schema has it for those that are given. */
    private static final int LONGEST = 200;

    /** 64 bits: enough to tell the versions of one file name apart. */
    private static final int HASH_BYTES = 8;

    private static final Pattern HASH = Pattern.compile("-[0-9a-f]{" + 2 * HASH_BYTES + "}");

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

    /** Whether it is the one that a request from here gets, or got before its content was edited. */
    static boolean isOf(Arrival arrival, String id) {
        if (arrival.origin() instanceof Origin.TopicRecord) {
            return id.equals(of(arrival));
        }
        String fileName = ((Origin.InboxFile) arrival.origin()).fileName();
        int hash = id.length() - 2 * HASH_BYTES - 1;
        return hash > 0
                && HASH.matcher(id.substring(hash)).matches()
                && id.equals(fitted(Excerpt.printable(fileName), id.substring(hash)));
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
