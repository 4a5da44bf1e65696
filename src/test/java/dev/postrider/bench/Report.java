package dev.postrider.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes the parts of {@code docs/performance.md}. */
final class Report {

    static final String RATES = "performance.svg";

    private static final String STANDARD = """
            Measured by `%s` on %s in %d min: %s. Each number is the median of %d rounds, with the least and the most of
            them; ratios are taken within each round. *Peak MB* is the memory resident at the most, and with *CPU s per
            1000* (messages) it is that of the first delay in the table. The relay used %s of a processor at the most.
            %s
            ### Goals

            %s
            ![Messages a second over the delay of the relay's replies](performance.svg)

            %s""";

    private Report() {}

    static void standard(Document document, Lab lab, List<Section> sections, Duration took) throws IOException {
        document.plot(RATES, rates(lab.results()));
        document.replace(
                "standard",
                STANDARD.formatted(
                        lab.settings().command(),
                        today(),
                        Math.max(1, took.toMinutes()),
                        Machine.words(),
                        lab.settings().rounds(),
                        Numbers.seconds(lab.results().largestRelayShare()),
                        remarks(lab),
                        Goals.table(lab.results()),
                        sections.stream().map(section -> section.report(lab)).collect(Collectors.joining("\n"))));
    }

    static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private static String remarks(Lab lab) {
        return lab.remarks().stream()
                .map(remark -> "- " + remark + "\n")
                .distinct()
                .collect(Collectors.joining("", "\n", ""));
    }

    private static Plot rates(Results results) {
        Map<String, List<Plot.Point>> points = new TreeMap<>();
        results.cells().stream()
                .filter(cell -> cell.equals(Cell.send(Letter.SMALL, 20, cell.delay(), Offer.BOTH)))
                .forEach(cell -> results.of(cell)
                        .keySet()
                        .forEach(peer -> points.computeIfAbsent(peer, p -> new ArrayList<>())
                                .add(new Plot.Point(
                                        cell.delay(),
                                        results.spread(cell, peer, Sample::rate)
                                                .orElseThrow()
                                                .median()))));
        List<Plot.Line> lines = points.entrySet().stream()
                .map(line -> new Plot.Line(line.getKey(), line.getValue()))
                .sorted((one, other) -> Double.compare(last(other), last(one)))
                .toList();
        return new Plot(
                "Sending 2 KB messages on 20 sessions",
                "delay of each reply, ms",
                "messages/s",
                Plot.Scale.TENFOLD,
                lines);
    }

    private static double last(Plot.Line line) {
        return line.points().get(line.points().size() - 1).y();
    }
}
