package dev.postrider.submission;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event of CloudEvents 1.0, as far as it concerns us.
 *
 * @param id what it is called
 * @param data what it carries
 */
record CloudEvent(String id, Data data) {

    sealed interface Data permits Request, Message {}

    /** A send request, before its fields are looked at. */
    record Request(JsonNode tree) implements Data {}

    /** A raw message. */
    record Message(byte[] octets) implements Data {}
}
