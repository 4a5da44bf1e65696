package dev.postrider.chaos;

import dev.postrider.fixture.ApplicationLaunch;
import dev.postrider.fixture.Installation;
import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.KafkaProcess;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.fixture.TopicReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What one fault happens to: topics and a folder of its own, a relay that counts, and the application. */
final class World implements AutoCloseable {

    private static final int LINES_WORTH_SHOWING = 60;

    private final ChaosSettings settings;
    private final Fault fault;
    private final Cluster cluster;
    private final Installation installation;
    private final RelayCount relayCount = new RelayCount();
    private final Random random;
    private final List<PackagedApplication> started = new ArrayList<>();
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final Map<String, String> launchSettings = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, TopicReader> readers = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> blamed = new ArrayList<>();
    private Duration ahead = Duration.ZERO;
    private int inFlight;
    private int kills;
    private int expected;

    World(ChaosSettings settings, Fault fault, Cluster cluster, Path home) throws Exception {
        this.settings = settings;
        this.fault = fault;
        this.cluster = cluster;
        this.installation = Installation.in(Files.createDirectories(home));
        this.random = new Random(settings.seed() + fault.name().hashCode());
        relay().watch(relayCount);
        relay().replyDelay(Duration.ofMillis(2));
        mendRelay();
        fault.preparation().take(this);
        topics().create(broker(), settings.delays());
    }

    ChaosSettings settings() {
        return settings;
    }

    Random random() {
        return random;
    }

    ScriptedRelay relay() {
        return installation.relay();
    }

    /** Lets the relay treat recipients as their behaviour says, and do nothing else. */
    void mendRelay() {
        relay().clearReplies()
                .replyTo("RCPT TO:<gone-", "550 5.1.1 no such user")
                .replyTo("RCPT TO:<busy-", "451 4.2.1 mailbox busy")
                .replyToFirst("RCPT TO:<once-", "451 4.2.1 mailbox busy");
    }

    Installation installation() {
        return installation;
    }

    RelayCount relayCount() {
        return relayCount;
    }

    Cluster cluster() {
        return cluster;
    }

    KafkaBroker broker() {
        return cluster.view();
    }

    KafkaProcess firstBroker() {
        return cluster.first();
    }

    Topics topics() {
        return new Topics(fault.slug());
    }

    Path spool() {
        return installation.spool();
    }

    /** Everything on a topic by now. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return readers.computeIfAbsent(topic, name -> new TopicReader(broker().bootstrapServers(), name))
                .readToEnd();
    }

    /** A setting for all instances from now on. */
    void set(String key, String value) {
        launchSettings.put(key, value);
    }

    void environment(String name, String value) {
        environment.put(name, value);
    }

    /** What to remove in the end, the newest first. */
    void onClose(AutoCloseable what) {
        toClose.add(0, what);
    }

    /** Something for the table. */
    void note(String note) {
        notes.add(note);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Something that must not be, whatever the books say. */
    void blame(String what) {
        blamed.add(what);
    }

    List<String> blamed() {
        return List.copyOf(blamed);
    }

    /** Starts the instance that has the folder, and a name by which the group knows it again at once. */
    PackagedApplication start() {
        return started(launch().with("postrider.folder.path", spool().toString())
                .with("postrider.folder.poll-interval", "100ms")
                .with("postrider.kafka.instance-id", "first"));
    }

    /** Starts another, which only shares the topic. */
    PackagedApplication startAnother() {
        return started(launch());
    }

    private PackagedApplication started(ApplicationLaunch launch) {
        launchSettings.forEach(launch::with);
        environment.forEach(launch::env);
        PackagedApplication application = launch.start();
        started.add(application);
        application.awaitReady();
        return application;
    }

    private ApplicationLaunch launch() {
        ApplicationLaunch launch = installation
                .launch()
                .with("postrider.smtp.connect-timeout", "2s")
                .with("postrider.smtp.open-timeout", "2s")
                .with("postrider.smtp.read-timeout", "2s")
                .with("postrider.smtp.write-timeout", "2s")
                .with("postrider.smtp.transaction-deadline", "5s")
                .with("kafka.bootstrap.servers", broker().bootstrapServers())
                .with("postrider.kafka.session-timeout", "6s")
                .with("postrider.kafka.drain-timeout", "3s");
        launch.with("postrider.retry.delays", settings.delays());
        topics().settings().forEach(launch::with);
        return launch;
    }

    /** How many messages the relay will get, at least. */
    void expect(int messages) {
        expected = messages;
    }

    int expected() {
        return expected;
    }

    PackagedApplication newest() {
        return started.get(started.size() - 1);
    }

    /** All instances there have been, the newest last. */
    List<PackagedApplication> instances() {
        return List.copyOf(started);
    }

    /** Kills an instance, and notes what was under way at that instant. */
    void kill(PackagedApplication instance) {
        int underWay = relayCount.underWay();
        int begun = relayCount.begun();
        relayCount.killed();
        instance.kill();
        inFlight += underWay + relayCount.begun() - begun;
        kills++;
    }

    /** Transactions under way at all kills together. */
    int inFlight() {
        return inFlight;
    }

    int kills() {
        return kills;
    }

    /** What the instances take for now. */
    Instant now() {
        return Instant.now().plus(ahead);
    }

    /** Their clock is ahead of ours from now on. */
    void clockAhead(Duration by) {
        ahead = by;
    }

    int clockJumps() {
        return ahead.isZero() ? 0 : 1;
    }

    /** Lets the fault last. Time is what is asked for here, not an event. */
    void last(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** Everything the instances have printed. */
    List<String> log() {
        List<String> lines = new ArrayList<>();
        for (PackagedApplication instance : started) {
            lines.add("---- instance " + (started.indexOf(instance) + 1));
            lines.addAll(instance.output());
        }
        return lines;
    }

    String lastLines() {
        List<String> all = log();
        return String.join("\n", all.subList(Math.max(0, all.size() - LINES_WORTH_SHOWING), all.size()));
    }

    /** In good order where possible: what still runs has nothing left to do. */
    @Override
    public void close() throws Exception {
        for (PackagedApplication instance : started) {
            if (instance.running()) {
                instance.terminate();
            }
            instance.close();
        }
        installation.close();
        readers.values().forEach(TopicReader::close);
        for (AutoCloseable each : toClose) {
            each.close();
        }
    }
}
