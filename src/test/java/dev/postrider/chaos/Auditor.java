package dev.postrider.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.fixture.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Looks everywhere a recipient can be found, and says when nothing moves any more. */
final class Auditor {

    private final World world;
    private final List<Request> requests;
    private final Fault fault;

    Auditor(World world, Fault fault, List<Request> requests) {
        this.world = world;
        this.fault = fault;
        this.requests = requests;
    }

    Count look() throws Exception {
        Books books = new Books(fault.excused());
        requests.forEach(books::in);
        world.relayCount().byRecipient().forEach((recipient, times) -> {
            for (int n = 0; n < times; n++) {
                books.found(recipient, "relayed");
            }
        });
        for (Waiting waiting : Waiting.in(world)) {
            waiting.recipients().forEach(recipient -> books.found(recipient, "waiting"));
        }
        outcomes(books);
        deadLetterRecords(books);
        deadLetterFiles(books);
        return books.count();
    }

    /** Why there is more to come; empty when there is not. */
    String unsettled() throws Exception {
        for (String folder : List.of("inbox", ".work")) {
            List<String> files = files(folder);
            if (!files.isEmpty()) {
                return Count.some("in " + folder, files);
            }
        }
        List<String> soon = Waiting.in(world).stream()
                .filter(waiting -> waiting.soon(world.now()))
                .map(Waiting::where)
                .toList();
        if (!soon.isEmpty()) {
            return Count.some("due soon", soon);
        }
        Map<TopicPartition, OffsetAndMetadata> committed = world.broker()
                .admin()
                .listConsumerGroupOffsets(world.topics().group())
                .partitionsToOffsetAndMetadata()
                .get(Patience.ONE_MINUTE.toSeconds(), TimeUnit.SECONDS);
        for (Map.Entry<TopicPartition, Long> end :
                ends(world.topics().requests()).entrySet()) {
            OffsetAndMetadata ours = committed.get(end.getKey());
            long reached = ours == null ? 0 : ours.offset();
            if (reached < end.getValue()) {
                return ", " + end.getKey() + " committed up to " + reached + " of " + end.getValue();
            }
        }
        return "";
    }

    /** Says what was still to do when there was no time left. */
    void complain() {
        try {
            world.blame("waited in vain" + unsettled());
        } catch (Exception e) {
            world.blame("waited in vain, and could not look: " + e);
        }
    }

    private Map<TopicPartition, Long> ends(String topic) throws Exception {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
            asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        Map<TopicPartition, ListOffsetsResultInfo> answers =
                world.broker().admin().listOffsets(asked).all().get(Patience.ONE_MINUTE.toSeconds(), TimeUnit.SECONDS);
        Map<TopicPartition, Long> ends = new HashMap<>();
        answers.forEach((partition, answer) -> ends.put(partition, answer.offset()));
        return ends;
    }

    private void outcomes(Books books) {
        Map<String, Request> byId = new HashMap<>();
        requests.forEach(request -> byId.put(request.id(), request));
        for (ConsumerRecord<byte[], byte[]> event : world.read(world.topics().outcomes())) {
            JsonNode data = Letters.json(new String(event.value(), UTF_8)).path("data");
            switch (data.path("disposition").asText()) {
                case "relayed" -> books.told(data.path("recipient").asText());
                case "duplicate" ->
                    byId.get(data.path("id").asText())
                            .recipients()
                            .forEach(recipient -> books.found(recipient, "suppressed"));
                default -> {} // Told elsewhere as well.
            }
        }
    }

    private void deadLetterRecords(Books books) {
        for (ConsumerRecord<byte[], byte[]> letter : world.read(world.topics().deadLetters())) {
            Letters.ends(new String(letter.value(), UTF_8), header(letter, "postrider-failure"))
                    .forEach(books::found);
        }
    }

    private void deadLetterFiles(Books books) throws IOException {
        Path folder = world.spool().resolve("dead-letters");
        for (String name : files("dead-letters")) {
            // With a dot it was being written when the process died.
            if (!name.endsWith(".failure.json") && !name.startsWith(".")) {
                try {
                    Letters.ends(
                                    Files.readString(folder.resolve(name)),
                                    Files.readString(folder.resolve(name + ".failure.json")))
                            .forEach(books::found);
                } catch (NoSuchFileException e) {
                    throw new IllegalStateException("a dead letter without its report", e);
                }
            }
        }
    }

    private List<String> files(String folder) throws IOException {
        return Folders.names(world.spool().resolve(folder));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        if (header == null) {
            throw new IllegalStateException("a dead letter without " + name);
        }
        return new String(header.value(), UTF_8);
    }
}
