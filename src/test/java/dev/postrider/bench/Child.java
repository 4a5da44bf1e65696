package dev.postrider.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that answers each line with a line. What it has to say beside that goes to a file. Used by one thread. */
final class Child implements AutoCloseable {

    private static final String END = "";

    private final String name;
    private final Process process;
    private final Writer in;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    /** @param answer what the lines begin with that are answers */
    Child(String name, Path log, String answer, List<String> command) {
        this.name = name;
        try {
            this.process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " did not start", e);
        }
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(() -> read(answer), "answers of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    Usage usage() {
        return Usage.of(process.toHandle());
    }

    /** Says something, and waits for the answer. */
    String ask(String line, Duration patience) {
        try {
            in.write(line + "\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has ended", e);
        }
        return answer(patience);
    }

    /** Waits for something it says by itself. */
    String answer(Duration patience) {
        try {
            String answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (answer == null) {
                throw new IllegalStateException(name + " did not answer in " + patience.toSeconds() + " s");
            }
            if (answer.equals(END)) {
                answers.add(END);
                throw new IllegalStateException(name + " has ended");
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void read(String beginning) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(beginning)) {
                    answers.add(line.substring(beginning.length()));
                }
            }
        } catch (IOException e) {
            answers.add(END);
            return;
        }
        answers.add(END);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
