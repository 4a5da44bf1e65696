package dev.postrider.demo;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;

/** Prints a topic, headers and all. */
public final class PrintTopic {

    private PrintTopic() {}

    public static void main(String... args) {
        String broker = System.getProperty("demo.bootstrap.servers", "localhost:19092");
        String name = System.getProperty("demo.topic", Peers.DEAD_LETTERS);
        try (TopicView topic = new TopicView(broker, name::equals)) {
            topic.news().forEach(PrintTopic::print);
        } catch (KafkaException e) {
            System.err.println("cannot read " + name + " at " + broker + ", does the demo run? " + e.getMessage());
            System.exit(1);
        }
    }

    private static void print(ConsumerRecord<byte[], byte[]> record) {
        System.out.println(TopicView.place(record));
        for (Header header : record.headers()) {
            System.out.println("  " + header.key() + ": " + text(header.value()));
        }
        System.out.println();
        System.out.println(text(record.value()).indent(2));
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "(none)" : new String(bytes, StandardCharsets.UTF_8);
    }
}
