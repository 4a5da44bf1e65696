package dev.postrider.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What went in, and where each recipient of it was found: at the relay, waiting, dead-lettered, suppressed. Filled anew
 * at each look. Not thread-safe.
 */
final class Books {

    private final Map<String, Integer> in = new TreeMap<>();
    private final Map<String, List<String>> found = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final Set<String> excused;

    /** @param excused ends that a good recipient may come to under this fault, beside being relayed to */
    Books(Set<String> excused) {
        this.excused = excused;
    }

    void in(Request request) {
        request.recipients().forEach(recipient -> in.merge(recipient, 1, Integer::sum));
    }

    /** @param end {@code relayed}, {@code waiting}, {@code suppressed}, or the word of a dead letter */
    void found(String recipient, String end) {
        found.computeIfAbsent(recipient, each -> new ArrayList<>()).add(end);
    }

    /** An outcome says that it was relayed. */
    void told(String recipient) {
        told.add(recipient);
    }

    Count count() {
        Count.Tally tally = new Count.Tally();
        in.forEach((recipient, copies) -> count(tally, recipient, copies));
        found.keySet().stream()
                .filter(recipient -> !in.containsKey(recipient))
                .forEach(stranger -> tally.misplaced(stranger + ": nobody sent it"));
        return tally.count();
    }

    private void count(Count.Tally tally, String recipient, int copies) {
        List<String> ends = found.getOrDefault(recipient, List.of());
        long relayed = ends.stream().filter("relayed"::equals).count();
        long waiting = ends.stream().filter("waiting"::equals).count();
        long suppressed = ends.stream().filter("suppressed"::equals).count();
        long dead = ends.size() - relayed - waiting - suppressed;
        tally.in(copies);
        tally.out(relayed, waiting, dead);
        if (relayed > 0 && !told.contains(recipient)) {
            tally.untold(recipient);
        }
        tally.suppressed(Math.min(suppressed, copies - 1L));
        tally.duplicated(recipient, relayed - 1);
        tally.parkedTwice(recipient, waiting + dead - 1);
        if (relayed > 0 && waiting + dead > 0 && !ends.contains("unknown")) {
            tally.misplaced(recipient + ": relayed, and parked as well");
        }
        if (relayed + waiting + dead == 0 || relayed + waiting + dead + suppressed < copies) {
            tally.lost(recipient);
        }
        ends.stream()
                .filter(end -> !end.equals("suppressed") && !mayEnd(recipient, end))
                .distinct()
                .forEach(end -> tally.misplaced(recipient + ": " + end));
    }

    private boolean mayEnd(String recipient, String end) {
        Behaviour behaviour = Behaviour.of(recipient);
        return behaviour.allows(end) || (behaviour != Behaviour.POISON && excused.contains(end));
    }
}
