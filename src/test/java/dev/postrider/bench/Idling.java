package dev.postrider.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What the packaged application costs with a topic and a folder to watch, and nothing to do. */
final class Idling implements Section {

    private static final String TOPIC = "idle";
    private static final Duration SETTLE = Duration.ofSeconds(60);

    private Optional<String> seen = Optional.empty();

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public void run(Lab lab) throws Exception {
        Cell cell = Cell.carry(8, 0, Offer.BOTH);
        lab.broker().createTopic(TOPIC);
        Path folder = Files.createTempDirectory(lab.home(), "idle-");
        Map<String, String> settings = lab.consumers().settings(TOPIC, cell);
        settings.put("postrider.folder.path", folder.resolve("spool").toString());
        try (Application application = Application.start(folder, List.of(JavaCommand.HEAP), settings)) {
            last(SETTLE);
            Duration before = application.usage().cpu();
            last(lab.settings().idle());
            Duration used = application.usage().cpu().minus(before);
            seen = Optional.of(String.format(
                    Locale.ROOT,
                    "%.2f CPU s in %d s: %.1f %% of a processor (goal: < 1 %%); %d MB resident",
                    used.toMillis() / 1000.0,
                    lab.settings().idle().toSeconds(),
                    100.0 * used.toMillis() / lab.settings().idle().toMillis(),
                    application.usage().resident() / 1024));
        }
        lab.out().printf("%nidle: %s%n", seen.orElseThrow());
    }

    /** Time is what is asked for here, not an event. */
    private static void last(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Override
    public String report(Lab lab) {
        return seen.map(words -> "### With nothing to do\n\nA topic and a folder to watch: " + words + ".\n")
                .orElse("");
    }
}
