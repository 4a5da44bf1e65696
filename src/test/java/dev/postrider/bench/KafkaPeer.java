package dev.postrider.bench;

import java.time.Duration;
import java.util.Optional;

/** Something that relays the records of a topic: its turn is a backlog, from the moment it is there until all of it is committed. */
final class KafkaPeer implements Peer {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String name;
    private final RelayProcess relay;
    private final Broker broker;
    private final int records;
    private final Start start;
    private String topic = "";
    private Optional<Consumer> consumer = Optional.empty();

    /** What reads the topic, in a group that is called as the topic is. */
    interface Consumer extends AutoCloseable {

        Usage usage();

        @Override
        void close();
    }

    /** Starts it; the topic is there. */
    interface Start {
        Consumer on(String topic, Cell cell) throws Exception;
    }

    KafkaPeer(String name, RelayProcess relay, Broker broker, int records, Start start) {
        this.name = name;
        this.relay = relay;
        this.broker = broker;
        this.records = records;
        this.start = start;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void enter(Cell cell) throws Exception {
        topic = (name + "-" + cell.delay() + "-" + cell.offer().name()).replaceAll("[^A-Za-z0-9]+", "-");
        broker.createTopic(topic);
        consumer = Optional.of(start.on(topic, cell));
        int few = BenchSettings.warmUp(records);
        broker.write(topic, cell.letter(), few);
        run(few);
    }

    @Override
    public void prepare(Cell cell) throws Exception {
        broker.write(topic, cell.letter(), records);
    }

    @Override
    public Client.Stint run(Cell cell) throws Exception {
        return run(records);
    }

    private Client.Stint run(int count) throws Exception {
        long before = relay.count().messages();
        long begun = System.nanoTime();
        broker.reveal();
        relay.awaitMessages(before + count, PATIENCE);
        Waiting.until("all is committed", PATIENCE, () -> broker.committed(topic, topic));
        return new Client.Stint(count, Duration.ofNanos(System.nanoTime() - begun));
    }

    @Override
    public void leave() {
        close();
    }

    @Override
    public Usage usage() {
        return consumer.orElseThrow().usage();
    }

    @Override
    public void close() {
        consumer.ifPresent(Consumer::close);
        consumer = Optional.empty();
    }
}
