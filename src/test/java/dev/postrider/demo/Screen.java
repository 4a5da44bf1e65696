package dev.postrider.demo;

import dev.postrider.submission.Excerpt;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the demo prints: short lines, with colours where a terminal shows them. Thread-safe. */
final class Screen {

    private static final int WIDTH = 100;
    private static final String MARGIN = " ".repeat(16);

    private final Look look;
    private PrintStream out;

    private enum Look {
        PLAIN,
        COLOURED
    }

    private Screen(PrintStream out, Look look) {
        this.out = out;
        this.look = look;
    }

    /** UTF-8 whatever the locale: subjects come in all scripts, and bare machines have no locale at all. */
    static Screen standard() {
        boolean coloured =
                Optional.ofNullable(System.console()).filter(Screen::isTerminal).isPresent()
                        && System.getenv("NO_COLOR") == null
                        && !System.getenv().getOrDefault("TERM", "dumb").equals("dumb");
        return new Screen(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                coloured ? Look.COLOURED : Look.PLAIN);
    }

    /** Since Java 22 there may be a console where there is no terminal, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }

    synchronized void mute() {
        out = new PrintStream(OutputStream.nullOutputStream());
    }

    synchronized void say(String text) {
        out.println(text);
    }

    synchronized void heading(String text) {
        out.println();
        out.println(paint("1", text));
    }

    synchronized void trouble(String text) {
        out.println();
        out.println(paint("1;31", text));
    }

    /** A command as a person would give it, and what it printed. */
    synchronized void command(String line, List<String> printed) {
        out.println("  $ " + line);
        printed.forEach(each -> out.println("  " + Excerpt.printable(each)));
    }

    synchronized void show(Event event) {
        List<String> lines = wrapped(event.text());
        out.println("  "
                + paint(
                        colour(event.kind()),
                        String.format("%-14s", event.kind().label())) + lines.get(0));
        lines.stream().skip(1).forEach(line -> out.println(MARGIN + line));
        event.details().forEach(detail -> wrapped(detail).forEach(line -> out.println(MARGIN + paint("2", line))));
    }

    private String paint(String code, String text) {
        return look == Look.COLOURED ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static String colour(Event.Kind kind) {
        return switch (kind) {
            case IN -> "36";
            case RELAYED, LINE_OPEN, STARTED -> "32";
            case DONE, DUPLICATE -> "2";
            case DEAD_LETTER, ENDED -> "31";
            case DEFERRED, LINE_STOPPED -> "33";
        };
    }

    /**
     * Broken at spaces; a word longer than a line stays whole, it may be a path to copy. Names of files and what stands on
     * topics are others' words: no control character reaches the terminal.
     */
    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : Excerpt.printable(text).split(" ")) {
            if (!line.isEmpty() && MARGIN.length() + line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
