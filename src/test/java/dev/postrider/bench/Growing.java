package dev.postrider.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether ten times the backlog costs ten times the time, and no more memory. */
final class Growing implements Section {

    private static final Cell CELL = Cell.carry(20, 0, Offer.BOTH);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<Backlog> backlogs = new ArrayList<>();
    private final LargeAttachments large = new LargeAttachments();

    /** One backlog, and what it cost. */
    private record Backlog(String of, int waiting, Client.Stint stint, List<Plot.Point> memory) {

        double seconds() {
            return stint.elapsed().toNanos() / 1e9;
        }

        String row() {
            return String.format(
                    Locale.ROOT,
                    "| %,d %s | %.1f s | %,.0f | %.0f | %.0f |",
                    waiting,
                    of,
                    seconds(),
                    waiting / seconds(),
                    memory.stream().mapToDouble(Plot.Point::y).findFirst().orElse(0),
                    memory.stream().mapToDouble(Plot.Point::y).max().orElse(0));
        }
    }

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public void run(Lab lab) throws Exception {
        int least = lab.settings().quick() ? 1_000 : 10_000;
        for (int waiting : List.of(least, 10 * least)) {
            measure(
                    lab,
                    "records",
                    waiting,
                    new KafkaPeer(
                            Peers.KAFKA + " " + waiting,
                            lab.relay(),
                            lab.broker(),
                            waiting,
                            lab.consumers().application(Map.of())));
            measure(lab, "files", waiting, new FolderPeer(lab.relay(), lab.home(), waiting));
        }
        large.run(lab);
    }

    private void measure(Lab lab, String of, int waiting, Peer peer) {
        try {
            peer.enter(CELL);
            peer.prepare(CELL);
            Usage usage = peer.usage();
            try (Memory memory = new Memory(SECOND, () -> usage.resident() / 1024.0)) {
                Backlog backlog = new Backlog(of, waiting, peer.run(CELL), memory.points());
                backlogs.add(backlog);
                lab.out().println(backlog.row());
            }
        } catch (Exception e) {
            lab.remarks().add(waiting + " " + of + " failed: " + e.getMessage());
            lab.out().println(lab.remarks().get(lab.remarks().size() - 1));
        } finally {
            peer.close();
        }
    }

    void write(Document document, Lab lab) throws IOException {
        document.plot(
                "performance-memory.svg",
                new Plot(
                        "Memory while a backlog is carried",
                        "seconds",
                        "MB resident",
                        Plot.Scale.EVEN,
                        backlogs.stream()
                                .map(each -> new Plot.Line(
                                        String.format(Locale.ROOT, "%,d %s", each.waiting(), each.of()), each.memory()))
                                .toList()));
        document.replace("growth", report(lab));
    }

    @Override
    public String report(Lab lab) {
        StringBuilder text = new StringBuilder(
                "Measured by `%s` on %s: %s, with %s for the heap.\n\n| waiting | took | a second | MB resident before | at the most |\n|---|--:|--:|--:|--:|\n"
                        .formatted(lab.settings().command(), Report.today(), Machine.words(), JavaCommand.HEAP));
        backlogs.forEach(each -> text.append(each.row()).append('\n'));
        text.append('\n');
        for (String of : List.of("records", "files")) {
            growth(of)
                    .ifPresent(times -> text.append(String.format(
                            Locale.ROOT, "Ten times the %s took %.1f times as long (goal: 10 ± 1).%n", of, times)));
        }
        text.append("\n![Memory over time](performance-memory.svg)\n\n").append(large.words());
        lab.remarks().forEach(remark -> text.append("\n- ").append(remark));
        return text.toString();
    }

    private Optional<Double> growth(String of) {
        List<Backlog> both =
                backlogs.stream().filter(each -> each.of().equals(of)).toList();
        return both.size() < 2
                ? Optional.empty()
                : Optional.of(both.get(1).seconds() / both.get(0).seconds());
    }
}
