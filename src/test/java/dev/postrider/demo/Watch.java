package dev.postrider.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.fixture.ReceivedMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Sees what goes on around the application, at both ends: topics, folder, relay, health. The application itself is not
 * asked. For one thread.
 */
final class Watch implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Peers peers;
    private final DemoFolder folder;
    private final TopicView requests;
    private final TopicView outcomes;
    private final TopicView retries;
    private final TopicView deadLetters;
    private final SpoolView spool;
    private final DeferredView deferredFiles;
    private final Map<String, Integer> told = new TreeMap<>();
    private int messages;
    private Optional<String> stop = Optional.empty();

    Watch(Peers peers, DemoFolder folder) {
        this.peers = peers;
        this.folder = folder;
        String broker = peers.broker().bootstrapServers();
        this.requests = new TopicView(broker, Peers.REQUESTS::equals);
        this.outcomes = new TopicView(broker, Peers.OUTCOMES::equals);
        this.retries = new TopicView(broker, topic -> topic.startsWith(Peers.RETRIES));
        this.deadLetters = new TopicView(broker, Peers.DEAD_LETTERS::equals);
        this.spool = new SpoolView(folder.spool());
        this.deferredFiles = new DeferredView(folder.spool());
    }

    /**
     * What is new, causes before effects. They are looked at the other way round: whatever effect is seen, its cause has
     * happened by then, and is found.
     */
    List<Event> look() throws IOException {
        List<Path> files = spool.ends();
        List<ConsumerRecord<byte[], byte[]>> parked = deadLetters.news();
        List<Event> putOff = new ArrayList<>(deferredFiles.news());
        retries.news().forEach(record -> TopicEvents.deferred(record).ifPresent(putOff::add));
        List<Event> duplicates = duplicates();
        List<ReceivedMessage> received = peers.relay().messages();
        Optional<Event> line = lineChange();

        List<Event> events = new ArrayList<>();
        requests.news().forEach(record -> events.add(TopicEvents.in(record)));
        events.addAll(spool.arrivals(files));
        line.ifPresent(events::add);
        for (ReceivedMessage message : received.subList(messages, received.size())) {
            folder.keep(++messages, message.bytes());
            events.add(Arrived.event(message));
        }
        events.addAll(duplicates);
        events.addAll(putOff);
        parked.forEach(record -> events.add(Failure.onTopic(record)));
        for (Path file : files) {
            events.add(SpoolView.end(file));
        }
        return events;
    }

    boolean spoolIsEmpty() {
        return spool.isEmpty();
    }

    /** How many outcomes have been told, by their disposition. */
    Map<String, Integer> told() {
        return told;
    }

    private List<Event> duplicates() {
        List<Event> duplicates = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> outcome : outcomes.news()) {
            String disposition = TopicEvents.disposition(outcome);
            told.merge(disposition, 1, Integer::sum);
            if (disposition.equals("duplicate")) {
                duplicates.add(TopicEvents.duplicate(outcome));
            }
        }
        return duplicates;
    }

    private Optional<Event> lineChange() throws IOException {
        Optional<String> before = stop;
        stop = reasonOfStop();
        if (stop.equals(before)) {
            return Optional.empty();
        }
        return Optional.of(stop.map(reason -> Event.of(Event.Kind.LINE_STOPPED, reason))
                .orElseGet(() -> Event.of(Event.Kind.LINE_OPEN, "the relay can be used again")));
    }

    private Optional<String> reasonOfStop() throws IOException {
        JsonNode health =
                JSON.readTree(peers.application().get("/q/health/ready").body());
        for (JsonNode check : health.path("checks")) {
            if (check.path("name").asText().equals("relay")
                    && check.path("status").asText().equals("DOWN")) {
                return Optional.of(check.path("data").path("reason").asText());
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        requests.close();
        outcomes.close();
        retries.close();
        deadLetters.close();
    }
}
