package dev.postrider.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Results in Markdown: one table for the cells that differ in the delay only. */
final class Tables {

    private final Results results;

    Tables(Results results) {
        this.results = results;
    }

    String of(Cell.Work work) {
        Map<String, List<Cell>> groups = new LinkedHashMap<>();
        results.cells().stream()
                .filter(cell -> cell.work() == work)
                .sorted(Comparator.comparingInt(Cell::delay))
                .forEach(cell -> groups.computeIfAbsent(title(cell), t -> new ArrayList<>())
                        .add(cell));
        StringBuilder text = new StringBuilder();
        groups.forEach((title, cells) -> text.append("**")
                .append(title)
                .append("**\n\n")
                .append(table(cells))
                .append('\n'));
        return text.toString();
    }

    private static String title(Cell cell) {
        return cell.letter() + ", " + cell.sessions() + (cell.sessions() == 1 ? " session, " : " sessions, ")
                + cell.offer();
    }

    private String table(List<Cell> cells) {
        String ours = cells.get(0).work() == Cell.Work.CARRY ? Peers.KAFKA : Peers.POSTRIDER;
        StringBuilder text = new StringBuilder("| messages a second |");
        cells.forEach(cell -> text.append(' ').append(cell.delay()).append(" ms |"));
        text.append(" CPU s per 1000 | peak MB | ").append(ours).append(" is so many times as fast |\n|---|");
        cells.forEach(cell -> text.append("--:|"));
        text.append("--:|--:|---|\n");
        for (String peer : peers(cells)) {
            text.append("| ").append(peer).append(" |");
            cells.forEach(cell -> text.append(' ').append(rate(cell, peer)).append(" |"));
            text.append(' ').append(used(cells, peer)).append(" | ");
            text.append(peer.equals(ours) ? "" : ratios(cells, ours, peer)).append(" |\n");
        }
        return text.toString();
    }

    private Set<String> peers(List<Cell> cells) {
        Set<String> peers = new LinkedHashSet<>();
        cells.forEach(cell -> peers.addAll(results.of(cell).keySet()));
        cells.forEach(cell -> peers.addAll(results.failures(cell).keySet()));
        return peers;
    }

    private String rate(Cell cell, String peer) {
        return Optional.ofNullable(results.failures(cell).get(peer))
                .map(why -> "failed: " + why.replace("|", "/"))
                .or(() -> results.spread(cell, peer, Sample::rate).map(Numbers::rate))
                .orElse("–");
    }

    /** Of the first delay: there it is busiest, and the clock of the operating system coarse least. */
    private String used(List<Cell> cells, String peer) {
        return results.spread(cells.get(0), peer, Sample::cpuPerThousand)
                        .filter(spread -> spread.median() > 0)
                        .map(spread -> Numbers.seconds(spread.median()))
                        .orElse("–")
                + " | "
                + results.spread(cells.get(0), peer, sample -> sample.peak())
                        .map(spread -> Numbers.megabytes(spread.max()))
                        .orElse("–");
    }

    private String ratios(List<Cell> cells, String ours, String peer) {
        return cells.stream()
                .map(cell -> results.ratio(cell, ours, List.of(peer))
                        .map(Numbers::ratio)
                        .orElse("–"))
                .collect(Collectors.joining(", "));
    }
}
