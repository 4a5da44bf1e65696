package dev.postrider.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** 32 attachments of 25 MB at once, by reference, through a heap that holds only a fraction of them. */
final class LargeAttachments {

    private static final int MESSAGES = 32;
    private static final int MEGABYTES = 25;
    private static final String HEAP = "-Xmx192m";
    private static final String TOPIC = "large";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(200);

    private String words = "";

    void run(Lab lab) throws Exception {
        Cell cell = Cell.carry(MESSAGES, 0, Offer.BOTH);
        Path root = Files.createDirectories(lab.home().resolve("attachments"));
        byte[] content = new byte[MEGABYTES << 20];
        new Random(MEGABYTES).nextBytes(content);
        Files.write(root.resolve("large.bin"), content);
        lab.broker().createTopic(TOPIC);
        Map<String, String> settings = lab.consumers().settings(TOPIC, cell);
        settings.put("postrider.attachments.root", root.toString());
        try (Application application =
                Application.start(Files.createTempDirectory(lab.home(), "large-"), List.of(HEAP), settings)) {
            carry(lab, requests("small-", ""));
            double before = application.usage().resident() / 1024.0;
            try (Memory heap = new Memory(LOOK, () -> application.heap() / (1 << 20));
                    Memory resident = new Memory(LOOK, () -> application.usage().resident() / 1024.0)) {
                Duration took = carry(
                        lab,
                        requests(
                                "large-",
                                ", \"attachments\": [{\"filename\": \"large.bin\", \"file\": \"large.bin\"}]"));
                words = String.format(
                        Locale.ROOT,
                        "%d messages with %d MB each, by reference and at once: %.1f s (%.0f MB/s) with %s; heap in use at the"
                                + " most %.0f MB, resident %.0f MB before and %.0f MB at the most.%n",
                        MESSAGES,
                        MEGABYTES,
                        took.toMillis() / 1000.0,
                        1000.0 * MESSAGES * MEGABYTES / took.toMillis(),
                        HEAP,
                        heap.most(),
                        before,
                        resident.most());
            }
        }
        lab.out().println(words);
    }

    private static Duration carry(Lab lab, List<byte[]> requests) throws Exception {
        long before = lab.relay().count().messages();
        lab.broker().write(TOPIC, requests);
        long start = System.nanoTime();
        lab.broker().reveal();
        lab.relay().awaitMessages(before + requests.size(), PATIENCE);
        Waiting.until("all is committed", PATIENCE, () -> lab.broker().committed(TOPIC, TOPIC));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static List<byte[]> requests(String id, String more) {
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            requests.add("""
                    {"id": "%s%d", "from": "%s", "to": ["%s"], "subject": "Large", "text": "Hello"%s}""".formatted(id, i, Letter.FROM, Letter.TO, more).getBytes(US_ASCII));
        }
        return requests;
    }

    String words() {
        return words;
    }
}
