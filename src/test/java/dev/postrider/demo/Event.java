package dev.postrider.demo;

import java.util.List;

/**
 * Something seen at one end or the other.
 *
 * @param details each a line of its own
 */
record Event(Kind kind, String text, List<String> details) {

    /** What it is, in the words of the design. */
    enum Kind {
        IN("in"),
        RELAYED("relayed"),
        DUPLICATE("duplicate"),
        DEFERRED("deferred"),
        DEAD_LETTER("dead letter"),
        DONE("put away"),
        LINE_STOPPED("line stops"),
        LINE_OPEN("line open"),
        ENDED("ended"),
        STARTED("started");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static Event of(Kind kind, String text, String... details) {
        return new Event(kind, text, List.of(details));
    }
}
