package dev.postrider.chaos;

import java.util.List;

/**
 * What goes in.
 *
 * @param recipients whom it is for, each in this request only
 */
record Request(String id, Copy copy, String content, List<String> recipients) {

    enum Copy {
        FIRST,
        SECOND
    }

    Request {
        recipients = List.copyOf(recipients);
    }

    static Request first(String id, String content, List<String> recipients) {
        return new Request(id, Copy.FIRST, content, recipients);
    }

    /** The same, which is to be told by its id. */
    Request again() {
        return new Request(id, Copy.SECOND, content, recipients);
    }

    /** In the inbox, where a name must not be taken. */
    String fileName() {
        return id + (copy == Copy.FIRST ? "" : "-again") + ".json";
    }

    /** Whether a message of it will reach the relay. */
    boolean relayable() {
        return recipients.stream().map(Behaviour::of).anyMatch(who -> who.allows("relayed"));
    }
}
