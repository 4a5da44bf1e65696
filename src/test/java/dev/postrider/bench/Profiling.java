package dev.postrider.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Records the packaged application with JDK Flight Recorder while it carries a backlog from Kafka, and says what was hottest. */
final class Profiling implements Section {

    private static final int SESSIONS = 20;
    private static final int LINES = 15;

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public void run(Lab lab) throws Exception {
        Cell cell = Cell.carry(SESSIONS, 0, Offer.BOTH);
        Path recording = lab.home().resolve("carrying.jfr");
        KafkaPeer peer = new KafkaPeer(
                Peers.KAFKA,
                lab.relay(),
                lab.broker(),
                lab.settings().records(),
                (topic, c) -> recorded(lab, topic, recording));
        peer.enter(cell);
        for (int round = 0; round < lab.settings().rounds(); round++) {
            peer.prepare(cell);
            var cpu = peer.usage().cpu();
            Client.Stint stint = peer.run(cell);
            lab.out()
                    .printf(
                            Locale.ROOT,
                            "%.0f messages/s, %.3f CPU s per 1000%n",
                            stint.messages() * 1e9 / stint.elapsed().toNanos(),
                            peer.usage().cpu().minus(cpu).toNanos() / 1e6 / stint.messages());
        }
        peer.close();
        Hottest hottest = new Hottest(recording);
        for (String table : List.of(
                hottest.running(LINES),
                hottest.ours(2 * LINES),
                hottest.libraries(LINES),
                hottest.threads(LINES),
                hottest.allocating(2 * LINES),
                hottest.allocated(LINES))) {
            lab.out().println(table);
        }
        lab.out().println("The recording: " + recording);
    }

    private static KafkaPeer.Consumer recorded(Lab lab, String topic, Path recording) throws Exception {
        Map<String, String> settings = lab.consumers().settings(topic, Cell.carry(SESSIONS, 0, Offer.BOTH));
        Application application = Application.start(
                Files.createTempDirectory(lab.home(), "profile-"),
                List.of(
                        JavaCommand.HEAP,
                        "-XX:StartFlightRecording=settings=profile,filename=" + recording,
                        "-XX:FlightRecorderOptions=stackdepth=128"),
                settings);
        return Consumers.of(application);
    }

    @Override
    public String report(Lab lab) {
        return "";
    }
}
