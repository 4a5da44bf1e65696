package dev.postrider.demo;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Shows Postrider at work, in one terminal: {@code mvn -q -Pdemo}. Ctrl-C ends everything it has started. */
public final class Demo {

    private static final long GLANCE_MILLIS = 250;
    private static final int SHOWN_AT_ONCE = 20;

    /** For people, who can read: see pom.xml. */
    private static final int EXPLAINED = 3;

    private final DemoSettings settings;
    private final DemoFolder folder;
    private final Screen screen;

    private Demo(DemoSettings settings, Screen screen) {
        this.settings = settings;
        this.folder = new DemoFolder(settings.folder());
        this.screen = screen;
    }

    public static void main(String... args) {
        Screen screen = Screen.standard();
        int code = 0;
        try {
            new Demo(DemoSettings.fromSystemProperties(), screen).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | AssertionError e) {
            screen.trouble(CannotGoOn.explain(e));
            code = Boolean.getBoolean("demo.exit") ? 1 : EXPLAINED;
        }
        System.exit(code);
    }

    private void run() throws IOException, InterruptedException {
        Ground.check(settings);
        screen.say("Starting a Kafka broker, a relay, and Postrider between them ...");
        folder.prepare();
        Peers peers = new Peers(settings, folder);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(peers), "end-of-demo"));
        try (peers) {
            peers.start();
            show(peers);
        }
    }

    /** In silence: after Ctrl-C the terminal is the shell's again, and that parts are missing now is no news. */
    private void end(Peers peers) {
        screen.mute();
        peers.close();
    }

    private void show(Peers peers) throws IOException, InterruptedException {
        try (Watch watch = new Watch(peers, folder)) {
            Guide guide = new Guide(peers, folder, screen);
            guide.introduce();
            new Tour(peers, folder, watch, screen).walk();
            if (!settings.exitAfterTour()) {
                peers.refuseForGood();
                guide.suggest();
                stay(peers, watch);
            }
        }
    }

    /** Somebody may end Postrider between two looks, to see what happens. */
    private static List<Event> look(Peers peers, Watch watch) throws IOException {
        try {
            return watch.look();
        } catch (AssertionError e) {
            if (peers.application().running()) {
                throw e;
            }
            return List.of();
        }
    }

    /** Shows what people send, until they have enough; if Maven is killed, nobody is left to press Ctrl-C. */
    private void stay(Peers peers, Watch watch) throws IOException, InterruptedException {
        Optional<ProcessHandle> maven = ProcessHandle.current().parent();
        while (true) {
            if (maven.isPresent() && !maven.get().isAlive()) {
                return;
            }
            if (!peers.application().running()) {
                startAgain(peers);
            }
            List<Event> events = look(peers, watch);
            events.stream().limit(SHOWN_AT_ONCE).forEach(screen::show);
            if (events.size() > SHOWN_AT_ONCE) {
                screen.say("  ... and " + (events.size() - SHOWN_AT_ONCE) + " more");
            }
            Thread.sleep(GLANCE_MILLIS);
        }
    }

    /** Somebody wants to see what a crash does; or all of this ends with Ctrl-C. */
    private void startAgain(Peers peers) throws InterruptedException {
        int code = peers.application().awaitExit();
        Thread.sleep(GLANCE_MILLIS);
        if (peers.closed()) {
            return;
        }
        screen.show(Event.of(Event.Kind.ENDED, "Postrider, with exit code " + code + "; it is started again ..."));
        peers.startApplication();
        screen.show(Event.of(
                Event.Kind.STARTED,
                "Postrider, process " + peers.application().pid() + ", localhost:"
                        + peers.application().httpPort()));
    }
}
