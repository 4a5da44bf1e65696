package dev.postrider.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;

/**
 * How much chaos, from the system properties {@code chaos.*}.
 *
 * @param requests in all, shared out among the faults
 * @param kills of the fault that kills again and again
 * @param minute how long the relay refuses or hangs
 * @param moment how long the rest lasts
 * @param points of the dialogue at which it breaks off; the sender's own tests go through all of them
 * @param seed the same requests and the same kills again; when what happens is another matter
 * @param only run the faults in whose name this regular expression is found; empty for all
 */
record ChaosSettings(
        int requests, int kills, Duration minute, Duration moment, Set<String> points, long seed, String only) {

    /** For CI. */
    static ChaosSettings shortForm() {
        return of(1_500, 4, Duration.ofSeconds(4), Duration.ofSeconds(2), Set.of("end-of-data"));
    }

    /** For people. */
    static ChaosSettings longForm() {
        return of(12_000, 25, Duration.ofSeconds(60), Duration.ofSeconds(10), DialogueFaults.POINTS.keySet());
    }

    /** Of the retries. Long enough together for what lasts a moment; and the last one for longer than anybody waits here. */
    String delays() {
        StringBuilder delays = new StringBuilder();
        long together = 0;
        for (long delay = 1; together <= moment.toSeconds(); delay *= 2) {
            delays.append(delay).append("s,");
            together += delay;
        }
        return delays + "30m";
    }

    /** What runs the same again. */
    String command() {
        return "mvn -q -Pchaos -Dchaos.requests=%d -Dchaos.kills=%d -Dchaos.minute=%d -Dchaos.moment=%d -Dchaos.seed=%d%s"
                .formatted(
                        requests,
                        kills,
                        minute.toSeconds(),
                        moment.toSeconds(),
                        seed,
                        only.isEmpty() ? "" : " \"-Dchaos.only=" + only + "\"");
    }

    /** Where the long form writes; a run of some faults only is nothing for the documentation. */
    Path report() {
        return Path.of(only.isEmpty() ? "docs/chaos.md" : "target/chaos.md");
    }

    private static ChaosSettings of(int requests, int kills, Duration minute, Duration moment, Set<String> points) {
        return new ChaosSettings(
                number("requests", requests),
                number("kills", kills),
                Duration.ofSeconds(number("minute", (int) minute.toSeconds())),
                Duration.ofSeconds(number("moment", (int) moment.toSeconds())),
                points,
                Long.parseLong(given("seed", Long.toString(new Random().nextInt(1_000_000)))),
                given("only", ""));
    }

    private static int number(String name, int otherwise) {
        return Integer.parseInt(given(name, Integer.toString(otherwise)));
    }

    /** Maven passes a property that nobody has set as an empty one. */
    private static String given(String name, String otherwise) {
        String value = System.getProperty("chaos." + name, "");
        return value.isBlank() || value.startsWith("${") ? otherwise : value;
    }
}
