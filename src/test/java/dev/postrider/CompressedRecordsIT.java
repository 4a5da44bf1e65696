package dev.postrider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.fixture.Installation;
import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.Requests;
import dev.postrider.fixture.SharedBroker;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Producers choose how they compress; two of the ways are C code, which a native image has to be told of. */
@ExtendWith(SharedBroker.class)
class CompressedRecordsIT {

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd"})
    void aCompressedRecordIsRelayed(String compression, KafkaBroker broker) throws Exception {
        String requests = compression + ".requests";
        String deadLetters = compression + ".dead-letters";
        broker.createTopic(requests, 1);
        broker.createTopic(deadLetters, 1);
        send(broker, requests, compression);

        try (Installation installation = Installation.in(home);
                PackagedApplication application = installation
                        .launch()
                        .with("kafka.bootstrap.servers", broker.bootstrapServers())
                        // What is dead-lettered is written the same way.
                        .with("kafka.compression.type", compression)
                        .with("postrider.kafka.requests-topics", requests)
                        .with("postrider.kafka.dead-letters-topic", deadLetters)
                        .with("postrider.kafka.retries-topics-prefix", requests + ".retries")
                        .with("postrider.kafka.group-id", compression)
                        .start()) {
            installation.relay().awaitMessages(1);

            assertThat(broker.readAll(deadLetters, 1)).hasSize(1);
            assertThat(application.running()).isTrue();
        }
    }

    /** A good one and a bad one. */
    private static void send(KafkaBroker broker, String topic, String compression) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "compression.type", compression);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, Requests.to(compression, "ann@example.org")))
                    .get();
            producer.send(new ProducerRecord<>(topic, "no request")).get();
        }
    }
}
