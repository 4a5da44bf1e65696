package dev.postrider.redrive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which dead letters were redriven: the records of a compacted topic, one for each, written in the transaction that sent
 * it. Its key is the dead letter's place.
 */
final class Redriven {

    private final Map<Place, Note> notes = new HashMap<>();

    /**
     * @param timestamp of the dead letter: a topic that was deleted and made again has other records at the same places
     * @param at when it was redriven
     * @param by whom
     */
    private record Note(long timestamp, String at, String by) {}

    /** Takes a record of the topic into account. */
    void add(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        Optional<Place> place = Place.parse(new String(record.key(), StandardCharsets.UTF_8));
        if (place.isPresent() && record.value() == null) {
            notes.remove(place.get());
        } else if (place.isPresent()) {
            ObjectNode note = Json.object(record.value()).orElseGet(Json::object);
            notes.put(
                    place.get(),
                    new Note(
                            note.path("timestamp").asLong(-1),
                            note.path("at").asText("earlier"),
                            note.path("by").asText("somebody")));
        }
    }

    boolean has(ConsumerRecord<byte[], byte[]> deadLetter) {
        Note note = notes.get(place(deadLetter));
        return note != null && (note.timestamp < 0 || note.timestamp == deadLetter.timestamp());
    }

    /** When, and by whom; empty if it was not. */
    Optional<String> story(Place place) {
        return Optional.ofNullable(notes.get(place)).map(note -> "redriven at " + note.at + " by " + note.by);
    }

    static byte[] key(ConsumerRecord<byte[], byte[]> deadLetter) {
        return place(deadLetter).toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] value(ConsumerRecord<byte[], byte[]> deadLetter, String target, int redrives, Instant now) {
        return Json.bytes(Json.object()
                .put("at", now.toString())
                .put("by", User.atThisHost())
                .put("to", target)
                .put("redrives", redrives)
                .put("timestamp", deadLetter.timestamp()));
    }

    private static Place place(ConsumerRecord<byte[], byte[]> record) {
        return new Place.OnTopic(record.topic(), record.partition(), record.offset());
    }
}
