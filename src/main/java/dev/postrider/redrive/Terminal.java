package dev.postrider.redrive;

import dev.postrider.submission.Excerpt;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Where the command prints, and asks. Much of what it prints was written by others: no control character gets through. */
final class Terminal {

    private final PrintStream out;
    private final PrintStream err;
    private final Optional<Console> console;

    Terminal(PrintStream out, PrintStream err, Optional<Console> console) {
        this.out = out;
        this.err = err;
        this.console = console;
    }

    static Terminal ofThisProcess() {
        // UTF-8 whatever the locale: what is printed is as often read by a machine.
        return new Terminal(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Optional.ofNullable(System.console()).filter(Terminal::isTerminal));
    }

    /** A line of what was asked for. */
    void line(String line) {
        out.println(Excerpt.printable(line));
    }

    /** A line beside it. */
    void note(String line) {
        err.println(Excerpt.printable(line));
    }

    /** Overwrites the last of its kind; on a terminal only. */
    void passing(String line) {
        err.print("\r" + Excerpt.printable(line) + " ");
        err.flush();
    }

    /** Texts of our own, with line breaks. */
    PrintStream help() {
        return out;
    }

    /** Whether a person sits there. */
    boolean interactive() {
        return console.isPresent();
    }

    /** Nobody reads any more, as after {@code | head}. */
    boolean closed() {
        return out.checkError();
    }

    /** Asks a person; anything but y and yes is a no. */
    boolean confirmed(String question) {
        String answer = console.map(person -> person.readLine("%s [y/N] ", Excerpt.printable(question)))
                .orElse("")
                .strip()
                .toLowerCase(Locale.ROOT);
        return answer.equals("y") || answer.equals("yes");
    }

    /** Since Java 22 there is a console even where there is no terminal, and a method to ask. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) MethodHandles.publicLookup()
                    .findVirtual(Console.class, "isTerminal", MethodType.methodType(boolean.class))
                    .invokeExact(console);
        } catch (NoSuchMethodException olderJava) {
            return true;
        } catch (Throwable e) {
            throw new IllegalStateException("a console that does not say what it is", e);
        }
    }
}
