package dev.postrider.smtp;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/**
 * Commands sent ahead of their replies (RFC 2920): the replies come in the order of the commands, and each goes to whoever
 * said what it answers.
 */
final class Group {

    private final Exchange exchange;
    private final int window;
    private final Course course;
    private final Deque<Due> due = new ArrayDeque<>();

    private record Due(Stage stage, Heard heard) {}

    /** Takes the reply to one command. */
    interface Heard {
        void reply(Reply reply) throws IOException;
    }

    Group(Exchange exchange, int window, Course course) {
        this.exchange = exchange;
        this.window = window;
        this.course = course;
    }

    /** Reads replies until another command may be said. Half of them at once: each read for itself would be a flight. */
    void makeRoom(BooleanSupplier goOn) throws IOException {
        if (due.size() >= window) {
            read(window / 2, goOn);
        }
    }

    void say(String command, Stage stage, Heard heard) throws IOException {
        exchange.command(command);
        due.add(new Due(stage, heard));
    }

    /** Reads all replies that are due, or as long as that makes sense. */
    void readAll(BooleanSupplier goOn) throws IOException {
        read(0, goOn);
    }

    private void read(int left, BooleanSupplier goOn) throws IOException {
        while (due.size() > left && goOn.getAsBoolean()) {
            Due next = due.remove();
            course.at(next.stage());
            next.heard().reply(exchange.listen(next.stage().asked()));
        }
    }
}
