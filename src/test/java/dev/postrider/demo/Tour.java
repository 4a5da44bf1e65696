package dev.postrider.demo;

import static dev.postrider.demo.Event.Kind.DEAD_LETTER;
import static dev.postrider.demo.Event.Kind.DEFERRED;
import static dev.postrider.demo.Event.Kind.DONE;
import static dev.postrider.demo.Event.Kind.DUPLICATE;
import static dev.postrider.demo.Event.Kind.IN;
import static dev.postrider.demo.Event.Kind.LINE_OPEN;
import static dev.postrider.demo.Event.Kind.LINE_STOPPED;
import static dev.postrider.demo.Event.Kind.RELAYED;

import dev.postrider.fixture.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A few requests, each sent when the one before is settled, so that a reader can follow. */
final class Tour {

    private static final Duration PATIENCE = Patience.ONE_MINUTE;
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final Peers peers;
    private final DemoFolder folder;
    private final Watch watch;
    private final Screen screen;
    private int step;

    Tour(Peers peers, DemoFolder folder, Watch watch, Screen screen) {
        this.peers = peers;
        this.folder = folder;
        this.watch = watch;
        this.screen = screen;
    }

    /** @throws CannotGoOn when something did not come out as it should */
    void walk() throws IOException, InterruptedException {
        step("A request on the topic");
        send("order.json");
        expect(IN, RELAYED);

        step("The same request again");
        send("order.json");
        expect(IN, DUPLICATE);

        step("A file in the inbox: html, an attachment, a hidden recipient");
        folder.drop("invoice.json");
        expect(IN, RELAYED, DONE);

        step("Three recipients: a good one, one that is refused, one that is busy for now");
        send("reminder.json");
        expect(IN, RELAYED, DEFERRED, DEAD_LETTER, RELAYED);

        step("A request with mistakes, on the topic");
        send("misspelt.json");
        expect(IN, DEAD_LETTER);

        step("A request cut off in the middle, in the inbox");
        folder.drop("cut-off.json");
        expect(IN, DEAD_LETTER);

        step("The relay goes away, and comes back");
        peers.relay().stopListening();
        peers.relay().disconnectAll();
        send("receipt.json");
        expect(IN, LINE_STOPPED);
        peers.relay().resumeListening();
        expect(LINE_OPEN, RELAYED);

        step("nobody@example.org has a mailbox now: send the dead letter again");
        peers.letNobodyIn();
        redrive("run", "--id", "reminder-7", "--yes");
        expect(IN, RELAYED);

        account();
    }

    private void step(String title) {
        screen.heading(++step + ". " + title);
    }

    private void send(String request) throws IOException {
        peers.broker().send(Peers.REQUESTS, request, Files.readAllBytes(folder.request(request)));
    }

    private void redrive(String... arguments) {
        String[] command =
                Stream.concat(Stream.of("redrive"), Stream.of(arguments)).toArray(String[]::new);
        screen.command(folder.commandLine(command), peers.command(command));
    }

    private void expect(Event.Kind... kinds) throws IOException, InterruptedException {
        List<Event.Kind> missing = new ArrayList<>(List.of(kinds));
        for (long end = System.nanoTime() + PATIENCE.toNanos(); !missing.isEmpty(); Thread.sleep(GLANCE.toMillis())) {
            for (Event event : watch.look()) {
                screen.show(event);
                if (!missing.remove(event.kind())) {
                    throw new CannotGoOn("not as expected: '" + event.kind().label() + "' should not have happened");
                }
            }
            if (!missing.isEmpty() && System.nanoTime() > end) {
                throw new CannotGoOn("not as expected: waited " + PATIENCE.toSeconds() + " s in vain for '"
                        + missing.get(0).label() + "'; see " + folder.path().resolve("postrider.log"));
            }
        }
    }

    /** Nothing may be left over anywhere. */
    private void account() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<Long> sent = peers.broker().readAll(Peers.REQUESTS).stream()
                .map(ConsumerRecord::offset)
                .toList();
        while (committed(sent) < sent.size()
                || !watch.spoolIsEmpty()
                || !watch.look().isEmpty()) {
            if (System.nanoTime() > end) {
                throw new CannotGoOn("not as expected: committed " + committed(sent) + " of " + sent.size());
            }
            Thread.sleep(GLANCE.toMillis());
        }
        Arrived.sentTwice(peers.relay().messages()).ifPresent(twice -> {
            throw new CannotGoOn("not as expected: sent twice: " + twice);
        });
        screen.heading("All accounted for: " + committed(sent) + " of " + sent.size()
                + " records committed, inbox empty, nothing sent twice.");
        screen.say(Peers.OUTCOMES + " tells the same: "
                + watch.told().entrySet().stream()
                        .map(told -> told.getValue() + " " + told.getKey())
                        .collect(Collectors.joining(", "))
                + ".");
    }

    private long committed(List<Long> offsets) {
        OptionalLong committed = peers.broker().committedOffset("postrider", Peers.REQUESTS, 0);
        return offsets.stream().filter(offset -> offset < committed.orElse(0)).count();
    }
}
