package dev.postrider.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What one writes oneself instead of using Postrider: a consumer, a pool of kept Angus transports, an outcome for each
 * message, a commit for each batch. It has no retries, no limits, no dead letters, and does not stop the line.
 */
final class HandWritten {

    private final ObjectMapper json = new ObjectMapper();
    private final Session session = Session.getInstance(new AngusClient().properties());
    private final BlockingQueue<Transport> free;
    private final ExecutorService threads;
    private final KafkaProducer<byte[], byte[]> outcomes;
    private final String outcomesTopic;

    private HandWritten(String broker, String outcomesTopic, int port, int sessions) throws Exception {
        this.outcomesTopic = outcomesTopic;
        this.threads = Executors.newFixedThreadPool(sessions);
        this.free = new ArrayBlockingQueue<>(sessions);
        for (int i = 0; i < sessions; i++) {
            Transport transport = session.getTransport("smtp");
            transport.connect(Client.HOST, port, Client.USER, Client.PASSWORD);
            free.add(transport);
        }
        this.outcomes = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** @param args broker, topic of requests and name of the group, topic of outcomes, port of the relay, sessions */
    public static void main(String... args) throws Exception {
        HandWritten program = new HandWritten(args[0], args[2], Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        System.out.println(ClientProcess.ANSWER + "ready");
        program.relayAll(args[0], args[1]);
    }

    private void relayAll(String broker, String topic) throws Exception {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker,
                        "group.id",
                        topic,
                        "enable.auto.commit",
                        false,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (true) {
                List<Future<?>> batch = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    batch.add(threads.submit(() -> relay(record.value())));
                }
                for (Future<?> each : batch) {
                    each.get();
                }
                if (!batch.isEmpty()) {
                    outcomes.flush();
                    consumer.commitSync();
                }
            }
        }
    }

    private Void relay(byte[] value) throws Exception {
        JsonNode request = json.readTree(value);
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(request.get("from").asText()));
        message.setRecipient(
                MimeMessage.RecipientType.TO,
                new InternetAddress(request.get("to").get(0).asText()));
        message.setSubject(request.get("subject").asText(), StandardCharsets.UTF_8.name());
        message.setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC)));
        message.setContent(AngusClient.words(
                request.get("text").asText(), request.get("html").asText()));
        message.saveChanges();
        Transport transport = free.take();
        try {
            transport.sendMessage(message, message.getAllRecipients());
        } finally {
            free.add(transport);
        }
        byte[] outcome = json.writeValueAsBytes(Map.of(
                "id", request.get("id").asText(), "messageId", message.getMessageID(), "disposition", "relayed"));
        Future<?> unused = outcomes.send(new ProducerRecord<>(outcomesTopic, outcome));
        return null;
    }
}
