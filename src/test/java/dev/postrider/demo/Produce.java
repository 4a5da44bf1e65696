package dev.postrider.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts files on the topic of requests, each as a record, or what is given on standard input. */
public final class Produce {

    private Produce() {}

    public static void main(String... files) throws InterruptedException {
        String broker = System.getProperty("demo.bootstrap.servers", "localhost:19092");
        Map<String, Object> settings = Map.of("bootstrap.servers", broker, "acks", "all", "max.block.ms", 5_000);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Map.Entry<String, byte[]> content : read(files).entrySet()) {
                RecordMetadata stored = producer.send(new ProducerRecord<>(Peers.REQUESTS, content.getValue()))
                        .get();
                System.out.printf(
                        "%s -> %s-%d@%d%n", content.getKey(), stored.topic(), stored.partition(), stored.offset());
            }
        } catch (NoSuchFileException e) {
            System.err.println("no file " + e.getMessage());
            System.exit(1);
        } catch (IOException e) {
            System.err.println("cannot read: " + e.getMessage());
            System.exit(1);
        } catch (ExecutionException e) {
            System.err.println("cannot write to " + Peers.REQUESTS + " at " + broker + ", does the demo run? "
                    + e.getCause().getMessage());
            System.exit(1);
        }
    }

    private static Map<String, byte[]> read(String... files) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String file : files) {
            contents.put(file, Files.readAllBytes(Path.of(file)));
        }
        if (contents.isEmpty()) {
            contents.put("(standard input)", System.in.readAllBytes());
        }
        return contents;
    }
}
