package dev.postrider.chaos;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The rows in Markdown. */
final class Table {

    static final String HEAD = """
            | fault | in | relayed | waiting | dead letters | suppressed | lost | duplicated | in flight at kills | to recover | |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|
            """;

    private Table() {}

    static String of(List<Row> rows) {
        return rows.stream().map(Table::line).collect(Collectors.joining("\n", HEAD, "\n"));
    }

    static String line(Row row) {
        if (!row.run()) {
            return "| %s | – | – | – | – | – | – | – | – | – | %s |".formatted(row.name(), remarks(row));
        }
        Count count = row.count();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %d | %d | %s | %.1f s | %s |",
                row.name(),
                count.in(),
                count.relayed(),
                count.waiting(),
                count.deadLetters(),
                count.suppressed(),
                count.lost().size(),
                count.duplicated().size(),
                row.kills() == 0 ? "–" : Integer.toString(row.inFlight()),
                row.recovered().toMillis() / 1000.0,
                remarks(row));
    }

    private static String remarks(Row row) {
        String trouble = row.well() ? "" : "**" + String.join("; ", row.faults()) + "**";
        return String.join("; ", row.remarks()) + trouble;
    }
}
