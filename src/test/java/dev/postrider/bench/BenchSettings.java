package dev.postrider.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is measured and how long, from the system properties {@code bench.*}.
 *
 * @param quick fewer cells, shorter: to see that it works
 * @param rounds how often each peer has its turn in a cell
 * @param window how long a turn lasts, where it is a matter of time ({@code bench.window}, in milliseconds)
 * @param records how many are waiting, where a turn is a backlog
 * @param idle how long the application is watched doing nothing
 * @param only sections in whose name this regular expression is found; empty: all
 * @param growth measure backlogs and large attachments instead
 * @param profile record the application instead, with JDK Flight Recorder
 */
record BenchSettings(
        boolean quick,
        int rounds,
        Duration window,
        int records,
        Duration idle,
        String only,
        boolean growth,
        boolean profile) {

    static BenchSettings given() {
        boolean quick = flag("quick");
        return new BenchSettings(
                quick,
                number("rounds", quick ? 2 : 5),
                Duration.ofMillis(number("window", quick ? 300 : 1000)),
                quick ? 3_000 : 10_000,
                Duration.ofSeconds(quick ? 10 : 60),
                text("only"),
                flag("growth"),
                flag("profile"));
    }

    /**
     * Delays of the relay's replies, in milliseconds. The longest first: while the senders wait, the compiler catches up with
     * them, and what they can do when nothing is waited for is measured when it has.
     */
    List<Integer> delays() {
        return quick ? List.of(5, 0) : List.of(20, 5, 0);
    }

    List<Integer> sessions() {
        return quick ? List.of(20) : List.of(20, 8, 1);
    }

    /**
     * How many an application carries before its turns of so many count: until the compiler has caught up with it, which takes
     * a minute on two busy processors and would else be what is measured.
     */
    static int warmUp(int records) {
        return records < 10_000 ? 3 * records : 60_000;
    }

    /** What runs the same again. */
    String command() {
        return Stream.of(
                        "mvn -q -Pbench",
                        quick ? "-Dbench.quick" : "",
                        "-Dbench.rounds=" + rounds,
                        "-Dbench.window=" + window.toMillis(),
                        growth ? "-Dbench.growth" : "",
                        profile ? "-Dbench.profile" : "",
                        only.isEmpty() ? "" : "\"-Dbench.only=" + only + "\"",
                        app().isEmpty() ? "" : "-Dapp.java.home=" + app())
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** Where it is written; a quick run, or one of some sections only, is nothing for the documentation. */
    Path report() {
        return quick || !only.isEmpty() ? Path.of("target", "bench", "docs") : Path.of("docs");
    }

    /** The Java that the senders run on. */
    static Path java() {
        String home = app();
        return Path.of(home.isEmpty() ? System.getProperty("java.home") : home, "bin", "java");
    }

    private static String app() {
        String value = System.getProperty("app.java.home", "");
        return value.startsWith("${") ? "" : value.strip();
    }

    private static boolean flag(String name) {
        String value = text(name);
        return !value.isEmpty() && !value.equals("false");
    }

    private static int number(String name, int otherwise) {
        String value = text(name);
        return value.isEmpty() ? otherwise : Integer.parseInt(value);
    }

    /** Maven passes a property that nobody has set as an empty one. */
    private static String text(String name) {
        String value = System.getProperty("bench." + name, "").strip();
        return value.startsWith("${") ? "" : value;
    }
}
