package dev.postrider.redrive;

import dev.postrider.kafka.Deployment;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The topic of dead letters. */
final class TopicSource implements DeadLetterSource {

    private final KafkaParts kafka;
    private final RedriveSettings settings;
    private final TopicScan scan;
    private final SourceValues values;
    private Optional<Redriven> redriven = Optional.empty();

    TopicSource(KafkaParts kafka) {
        this.kafka = kafka;
        this.settings = kafka.settings();
        this.scan = new TopicScan(kafka);
        this.values = new SourceValues(kafka);
    }

    @Override
    public boolean holds(Place place) {
        return place instanceof Place.OnTopic onTopic && onTopic.topic().equals(settings.deadLettersTopic());
    }

    @Override
    public void all(Consumer<Letter> visitor) {
        Map<TopicPartition, TopicScan.Stretch> extent = extent();
        Redriven known = redriven();
        scan.read(extent, record -> show(record, known, visitor));
    }

    @Override
    public void some(Collection<Place> places, Consumer<Letter> visitor) {
        Set<Place> wanted = new HashSet<>(places);
        Map<TopicPartition, TopicScan.Stretch> extent = extent();
        Map<TopicPartition, TopicScan.Stretch> stretches = new HashMap<>();
        for (Place place : wanted) {
            if (place instanceof Place.OnTopic onTopic) {
                TopicPartition partition = new TopicPartition(onTopic.topic(), onTopic.partition());
                TopicScan.Stretch there = extent.getOrDefault(partition, new TopicScan.Stretch(0, 0));
                if (onTopic.offset() >= there.from() && onTopic.offset() < there.to()) {
                    stretches.merge(
                            partition,
                            new TopicScan.Stretch(onTopic.offset(), onTopic.offset() + 1),
                            (one, other) -> new TopicScan.Stretch(
                                    Math.min(one.from(), other.from()), Math.max(one.to(), other.to())));
                }
            }
        }
        Redriven known = redriven();
        scan.read(stretches, record -> {
            if (wanted.contains(new Place.OnTopic(record.topic(), record.partition(), record.offset()))) {
                show(record, known, visitor);
            }
        });
    }

    private void show(ConsumerRecord<byte[], byte[]> record, Redriven known, Consumer<Letter> visitor) {
        // One that is not signed is from before they were.
        boolean ours = Deployment.writer(record.headers())
                .filter(writer -> !writer.equals(settings.deployment().name()))
                .isEmpty();
        if (ours && !known.has(record)) {
            visitor.accept(new TopicLetter(record, ParkedReader.read(record), values));
        }
    }

    @Override
    public String missing(Place place) {
        return redriven().story(place).orElse("not there");
    }

    @Override
    public Redriving begin(Redriving.Listener listener) {
        TopicRedriving redriving = new TopicRedriving(kafka, listener);
        redriven = Optional.empty(); // What an earlier run had under way is settled only now.
        return redriving;
    }

    @Override
    public String target(Letter letter) {
        return TopicRedriving.target(letter.parked(), settings);
    }

    private Map<TopicPartition, TopicScan.Stretch> extent() {
        return scan.extent(settings.deadLettersTopic())
                .orElseThrow(() -> new RedriveFailure("no topic " + settings.deadLettersTopic()
                        + ": name the one of the application in postrider.kafka.dead-letters-topic"));
    }

    private Redriven redriven() {
        if (redriven.isEmpty()) {
            Redriven read = new Redriven();
            scan.extent(settings.redrivenTopic()).ifPresent(extent -> scan.read(extent, read::add));
            redriven = Optional.of(read);
        }
        return redriven.get();
    }

    @Override
    public void close() {
        values.close();
        scan.close();
    }
}
