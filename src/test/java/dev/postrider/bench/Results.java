package dev.postrider.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What was measured: the samples of each peer in each cell, round for round. */
final class Results {

    private final Map<Cell, Map<String, List<Sample>>> samples = new LinkedHashMap<>();
    private final Map<Cell, Map<String, String>> failures = new LinkedHashMap<>();
    private final Map<String, Double> pieces = new LinkedHashMap<>();

    void add(Cell cell, String peer, Sample sample) {
        samples.computeIfAbsent(cell, c -> new LinkedHashMap<>())
                .computeIfAbsent(peer, p -> new ArrayList<>())
                .add(sample);
    }

    /** It has no part in this cell any more, and what it did so far does not count. */
    void failed(Cell cell, String peer, String why) {
        samples.getOrDefault(cell, new LinkedHashMap<>()).remove(peer);
        failures.computeIfAbsent(cell, c -> new LinkedHashMap<>()).put(peer, why);
    }

    /** How long a piece takes, in microseconds. */
    void piece(String name, double micros) {
        pieces.put(name, micros);
    }

    Optional<Double> piece(String name) {
        return Optional.ofNullable(pieces.get(name));
    }

    List<Cell> cells() {
        Set<Cell> all = new LinkedHashSet<>(samples.keySet());
        all.addAll(failures.keySet());
        return List.copyOf(all);
    }

    Map<String, List<Sample>> of(Cell cell) {
        return samples.getOrDefault(cell, Map.of());
    }

    Map<String, String> failures(Cell cell) {
        return failures.getOrDefault(cell, Map.of());
    }

    Optional<Spread> spread(Cell cell, String peer, ToDoubleFunction<Sample> value) {
        List<Sample> all = of(cell).getOrDefault(peer, List.of());
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(Spread.of(all.stream().map(value::applyAsDouble).toList()));
    }

    /** Its rate by that of another, both of the same round; by the best of several, the best of that round. */
    Optional<Spread> ratio(Cell cell, String peer, List<String> others) {
        List<Sample> ours = of(cell).getOrDefault(peer, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ours.size(); round++) {
            double best = 0;
            for (String other : others) {
                List<Sample> theirs = of(cell).getOrDefault(other, List.of());
                best = Math.max(best, round < theirs.size() ? theirs.get(round).rate() : 0);
            }
            if (best > 0) {
                ratios.add(ours.get(round).rate() / best);
            }
        }
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }

    /** Of one processor, how much the relay had at the most. */
    double largestRelayShare() {
        return samples.values().stream()
                .flatMap(peers -> peers.values().stream())
                .flatMap(List::stream)
                .mapToDouble(Sample::relayShare)
                .max()
                .orElse(0);
    }
}
