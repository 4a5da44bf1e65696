package dev.postrider.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.fixture.ReceivedMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final TopicView deadLetters;
    private final SpoolView spool;
    private int messages;
    private Optional<String> stop = Optional.empty();

    Watch(Peers peers, DemoFolder folder) {
        this.peers = peers;
        this.folder = folder;
        this.requests = new TopicView(peers.broker().bootstrapServers(), Peers.REQUESTS);
        this.deadLetters = new TopicView(peers.broker().bootstrapServers(), Peers.DEAD_LETTERS);
        this.spool = new SpoolView(folder.spool());
    }

    /**
     * What is new, causes before effects. They are looked at the other way round: whatever effect is seen, its cause has
     * happened by then, and is found.
     */
    List<Event> look() throws IOException {
        List<Path> files = spool.ends();
        List<ConsumerRecord<byte[], byte[]>> parked = deadLetters.news();
        List<ReceivedMessage> received = peers.relay().messages();
        Optional<Event> line = lineChange();

        List<Event> events = new ArrayList<>();
        requests.news()
                .forEach(record -> events.add(
                        Event.of(Event.Kind.IN, TopicView.place(record) + ": " + RequestGlance.of(record.value()))));
        events.addAll(spool.arrivals(files));
        line.ifPresent(events::add);
        for (ReceivedMessage message : received.subList(messages, received.size())) {
            folder.keep(++messages, message.bytes());
            events.add(Arrived.event(message));
        }
        parked.forEach(record -> events.add(Failure.onTopic(record)));
        for (Path file : files) {
            events.add(SpoolView.end(file));
        }
        return events;
    }

    boolean spoolIsEmpty() {
        return spool.isEmpty();
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
        deadLetters.close();
    }
}
