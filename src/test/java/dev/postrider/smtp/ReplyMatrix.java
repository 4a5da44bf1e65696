package dev.postrider.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What each reply to each command means, as a table. In a cell stands what becomes of the recipients:
 *
 * <ul>
 *   <li>{@code relayed}, {@code deferred}, {@code failed}, {@code unknown}: each of them. Said to one RCPT only, it is that
 *       recipient's.
 *   <li>{@code deferred!}: the session is given up as well, and nobody is relayed to in this attempt.
 *   <li>{@code deferred!/relayed}: the second word if it is said once; another session makes up for it.
 *   <li>{@code stops}: the line does; nothing becomes of anybody until the relay has changed its mind, and then they are
 *       relayed.
 *   <li>{@code same}: what was decided before stays so.
 *   <li>{@code -}: is no refusal there.
 * </ul>
 */
final class ReplyMatrix {

    /** Stands for no reply at all. */
    static final String CLOSED = "(connection closed)";

    static final List<String> OPENING = List.of("connect", "EHLO", "STARTTLS", "EHLO over TLS", "AUTH");
    static final List<String> AFTERWARDS = List.of("RSET", "NOOP", "QUIT");

    private static final String TABLE = """
            the relay says                       | at the opening | MAIL              | RCPT              | DATA              | end-of-data | afterwards
            421 4.3.2 shutting down              | stops          | deferred!/relayed | deferred!         | deferred!         | deferred!   | same
            432 4.7.12 password transition       | stops          | deferred          | deferred          | deferred          | deferred    | same
            450 4.2.1 mailbox busy               | stops          | deferred          | deferred          | deferred          | deferred    | same
            450 4.7.1 too much mail              | stops          | deferred          | deferred          | deferred          | deferred    | same
            451 4.3.0 local error                | stops          | deferred          | deferred          | deferred          | deferred    | same
            452 4.3.1 out of space               | stops          | deferred          | deferred          | deferred          | deferred    | same
            452 4.5.3 too many recipients        | stops          | deferred          | deferred/relayed  | deferred          | deferred    | same
            454 4.7.0 not now                    | stops          | deferred          | deferred          | deferred          | deferred    | same
            455 4.5.4 cannot do that now         | stops          | deferred          | deferred          | deferred          | deferred    | same
            500 5.5.2 not recognized             | stops          | failed            | failed            | failed            | failed      | same
            501 5.5.4 syntax error               | stops          | failed            | failed            | failed            | failed      | same
            502 5.5.1 not implemented            | stops          | failed            | failed            | failed            | failed      | same
            503 5.5.1 bad sequence of commands   | stops          | deferred!         | deferred!         | deferred!         | deferred!   | same
            504 5.5.4 parameter not implemented  | stops          | failed            | failed            | failed            | failed      | same
            521 5.3.2 takes no mail              | stops          | failed            | failed            | failed            | failed      | same
            530 5.7.0 authentication required    | stops          | stops/failed      | failed            | failed            | failed      | same
            534 5.7.9 mechanism too weak         | stops          | stops/failed      | failed            | failed            | failed      | same
            535 5.7.8 credentials invalid        | stops          | stops/failed      | failed            | failed            | failed      | same
            538 5.7.11 encryption required       | stops          | stops/failed      | failed            | failed            | failed      | same
            550 5.7.1 refused                    | stops          | failed            | failed            | failed            | failed      | same
            551 5.1.6 user has moved             | stops          | failed            | failed            | failed            | failed      | same
            552 5.2.2 too much                   | stops          | failed            | deferred          | failed            | failed      | same
            553 5.1.3 bad address                | stops          | failed            | failed            | failed            | failed      | same
            554 5.6.0 transaction failed         | stops          | failed            | failed            | failed            | failed      | same
            555 5.5.4 parameters not recognized  | stops          | failed            | failed            | failed            | failed      | same
            556 5.1.10 domain takes no mail      | stops          | failed            | failed            | failed            | failed      | same
            354 go ahead                         | -              | deferred!         | deferred!         | -                 | -           | same
            250 2.0.0 what was the question      | -              | -                 | -                 | deferred!         | -           | -
            (connection closed)                  | stops          | deferred!/relayed | deferred!/relayed | deferred!/relayed | unknown!    | same
            """;

    /**
     * Where the way matters. {@code one}: the first recipient is deferred and the other relayed to, since the content was
     * there already.
     */
    private static final String EXCEPTIONS = """
            IN_ONE_FLIGHT | 354 go ahead                         | MAIL        | unknown!
            IN_ONE_FLIGHT | 354 go ahead                         | RCPT        | unknown!
            IN_ONE_FLIGHT | (connection closed)                  | MAIL        | unknown!
            IN_ONE_FLIGHT | (connection closed)                  | RCPT        | unknown!
            IN_ONE_FLIGHT | 503 5.5.1 bad sequence of commands   | RCPT        | deferred!/one
            """;

    private ReplyMatrix() {}

    /** Those of a transaction that goes this way. */
    static Stream<Case> cases(Way way) {
        return cases().filter(cell -> !OPENING.contains(cell.command()) && !AFTERWARDS.contains(cell.command()))
                .filter(cell -> !(way.inOneFlight() && cell.command().equals("DATA")))
                .map(cell -> EXCEPTIONS
                        .lines()
                        .map(line -> line.strip().split("\\s*\\|\\s*"))
                        .filter(row -> row[0].equals(way.name())
                                && row[1].equals(cell.reply())
                                && row[2].equals(cell.command()))
                        .findFirst()
                        .map(row -> new Case(cell.command(), cell.reply(), cell.times(), row[3]))
                        .orElse(cell));
    }

    /** Every cell, for one time and for always. */
    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        List<String[]> rows =
                TABLE.lines().map(line -> line.strip().split("\\s*\\|\\s*")).toList();
        String[] head = rows.get(0);
        for (String[] row : rows.subList(1, rows.size())) {
            for (int column = 1; column < row.length; column++) {
                for (String command : commands(head[column])) {
                    cases.add(new Case(command, row[0], Times.ONCE, row[column]));
                    cases.add(new Case(command, row[0], Times.ALWAYS, row[column]));
                }
            }
        }
        return cases.stream().filter(cell -> !cell.expected().equals("-"));
    }

    private static List<String> commands(String column) {
        return switch (column) {
            case "at the opening" -> OPENING;
            case "afterwards" -> AFTERWARDS;
            default -> List.of(column);
        };
    }

    /** How often the relay says it. */
    enum Times {
        ONCE,
        ALWAYS
    }

    /** One cell. */
    record Case(String command, String reply, Times times, String cell) {

        /** The word for so many times, without the mark. */
        String expected() {
            String[] words = cell.split("/");
            return words[times == Times.ONCE ? words.length - 1 : 0].replace("!", "");
        }

        boolean sessionGivenUp() {
            return cell.contains("!");
        }

        boolean once() {
            return times == Times.ONCE;
        }

        @Override
        public String toString() {
            return reply + " to " + command + " " + times.name().toLowerCase(Locale.ROOT) + ": " + expected();
        }
    }
}
