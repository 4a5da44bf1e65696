package dev.postrider.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.fixture.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A request that was put off: a record of a retry topic nobody has committed, or a file of {@code .deferred/}.
 *
 * @param where for people
 * @param recipients those still to be served
 */
record Waiting(String where, List<String> recipients, Instant due) {

    private static final Duration LONG = Duration.ofMinutes(2);

    /** It will be due within the time of a run, so it is worth waiting for. */
    boolean soon(Instant now) {
        return due.isBefore(now.plus(LONG));
    }

    /** A partition is read in order: none of it comes in before the one in front of it is due. */
    private Waiting after(Map<Integer, Instant> before, int partition) {
        Instant last = before.merge(partition, due, (one, other) -> one.isAfter(other) ? one : other);
        return new Waiting(where, recipients, last);
    }

    static List<Waiting> in(World world) throws Exception {
        List<Waiting> waiting = new ArrayList<>(records(world));
        waiting.addAll(files(world.spool().resolve(".deferred")));
        return waiting;
    }

    private static List<Waiting> records(World world) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = world.broker()
                .admin()
                .listConsumerGroupOffsets(world.topics().retriesGroup())
                .partitionsToOffsetAndMetadata()
                .get(Patience.ONE_MINUTE.toSeconds(), TimeUnit.SECONDS);
        List<Waiting> waiting = new ArrayList<>();
        for (String delay : Topics.delays(world.settings().delays())) {
            Map<Integer, Instant> before = new HashMap<>();
            world.read(world.topics().retries() + "." + delay).stream()
                    .filter(record -> open(committed, record))
                    .map(record -> of(record).after(before, record.partition()))
                    .forEach(waiting::add);
        }
        return waiting;
    }

    private static boolean open(
            Map<TopicPartition, OffsetAndMetadata> committed, ConsumerRecord<byte[], byte[]> record) {
        OffsetAndMetadata reached = committed.get(new TopicPartition(record.topic(), record.partition()));
        return reached == null || record.offset() >= reached.offset();
    }

    private static Waiting of(ConsumerRecord<byte[], byte[]> record) {
        return new Waiting(
                record.topic() + "-" + record.partition() + "@" + record.offset(),
                recipients(Letters.json(header(record, "postrider-history")), new String(record.value(), UTF_8)),
                Instant.parse(header(record, "postrider-due")));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static List<Waiting> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        List<Waiting> waiting = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Path note = file.resolveSibling(file.getFileName() + ".json");
                try {
                    if (Files.exists(note)) {
                        waiting.add(of(file, Letters.json(Files.readString(note))));
                    }
                } catch (NoSuchFileException | UncheckedIOException e) {
                    // It moved on while we looked; the next look finds it elsewhere.
                    waiting.add(new Waiting(file.toString(), List.of(), Instant.MIN));
                }
            }
        }
        return waiting;
    }

    private static Waiting of(Path file, JsonNode note) throws IOException {
        return new Waiting(
                file.getFileName().toString(),
                recipients(note, Files.readString(file)),
                Instant.parse(note.path("due").asText()));
    }

    /** All of them where none are named. */
    private static List<String> recipients(JsonNode history, String content) {
        List<String> recipients = StreamSupport.stream(
                        history.path("recipients").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return recipients.isEmpty() ? Letters.addresses(content) : recipients;
    }
}
