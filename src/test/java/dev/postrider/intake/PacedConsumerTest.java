package dev.postrider.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.KafkaBroker;
import dev.postrider.kafka.Deployment;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class PacedConsumerTest {

    private static final int AT_ONCE = 10;

    @Test
    void aPartitionThatCouldNotNoteWhatIsSettledTakesNothingMoreAndTheOthersGoOn() {
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopic("mail.requests", 2);
            broker.sendAll(IntStream.range(0, 800)
                    .mapToObj(n -> new ProducerRecord<>("mail.requests", n % 2, null, new byte[] {1})));
            AtomicInteger left = new AtomicInteger();
            AtomicInteger settled = new AtomicInteger();
            PacedConsumer consumer = consumer(broker);
            consumer.subscribe(List.of("mail.requests"), new Nothing());

            await().until(() -> {
                for (ConsumerRecord<Object, Object> record : consumer.poll(Duration.ofMillis(100))) {
                    RecordReceipt receipt =
                            consumer.receipt(new TopicPartition(record.topic(), record.partition()), record.offset());
                    if (record.partition() == 0) {
                        receipt.leave();
                        left.incrementAndGet();
                    } else {
                        receipt.settle();
                        settled.incrementAndGet();
                    }
                }
                return settled.get() == 400 && consumer.paused().size() == 1;
            });
            IntStream.range(0, 10)
                    .forEach(n ->
                            assertThat(consumer.poll(Duration.ofMillis(20))).isEmpty());

            assertThat(left.get()).isBetween(PartitionProgress.MOST_LEFT, PartitionProgress.MOST_LEFT + AT_ONCE);
            consumer.close();
        }
    }

    private static PacedConsumer consumer(KafkaBroker broker) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.put("group.id", "postrider");
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", "false");
        properties.put("max.poll.records", Integer.toString(AT_ONCE));
        properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
        return new PacedConsumer(
                properties,
                new InFlight(1_000, 1L << 20),
                new DueTimes("mail.retries", new Deployment(Deployment.DEFAULT), Clock.systemUTC()),
                new ConsumerHealth(),
                Duration.ofSeconds(45),
                Duration.ofSeconds(1));
    }

    /** Camel's own. */
    private static final class Nothing implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
    }
}
