package dev.postrider.redrive;

import dev.postrider.submission.Excerpt;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a dead letter stands; written as on the command line. */
sealed interface Place {

    Pattern ON_TOPIC = Pattern.compile("(?<topic>[a-zA-Z0-9._-]+)-(?<partition>\\d{1,9})@(?<offset>\\d{1,18})");
    String FOLDER = "dead-letters/";

    /** {@code mail.dead-letters-0@17} */
    record OnTopic(String topic, int partition, long offset) implements Place {
        @Override
        public String toString() {
            return topic + "-" + partition + "@" + offset;
        }
    }

    /** {@code dead-letters/order.json} */
    record InFolder(String name) implements Place {
        @Override
        public String toString() {
            return FOLDER + Excerpt.printable(name);
        }
    }

    /** What stands on the command line; empty if it is neither of the two. */
    static Optional<Place> parse(String text) {
        Matcher record = ON_TOPIC.matcher(text);
        if (record.matches()) {
            return Optional.of(onTopic(record));
        }
        String name = text.startsWith(FOLDER) ? text.substring(FOLDER.length()) : "";
        // One name below the folder, nothing that leads elsewhere.
        boolean plain = !name.isEmpty() && !name.startsWith(".") && name.indexOf('/') < 0 && name.indexOf('\0') < 0;
        return plain ? Optional.of(new InFolder(name)) : Optional.empty();
    }

    private static Place onTopic(Matcher record) {
        return new OnTopic(
                record.group("topic"),
                Integer.parseInt(record.group("partition")),
                Long.parseLong(record.group("offset")));
    }
}
