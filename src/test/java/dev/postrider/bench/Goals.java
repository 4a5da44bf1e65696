package dev.postrider.bench;

import static dev.postrider.bench.Peers.ANGUS;
import static dev.postrider.bench.Peers.CAMEL_MAIL;
import static dev.postrider.bench.Peers.FOLDER;
import static dev.postrider.bench.Peers.KAFKA;
import static dev.postrider.bench.Peers.KAFKA_BY_HAND;
import static dev.postrider.bench.Peers.KAFKA_SIGNED;
import static dev.postrider.bench.Peers.NODEMAILER;
import static dev.postrider.bench.Peers.NODEMAILER_TUNED;
import static dev.postrider.bench.Peers.POSTRIDER;
import static dev.postrider.bench.Peers.VERTX;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What Postrider is to reach, as ratios of one run. */
final class Goals {

    private static final int MANY = 20;
    private static final int SOME = 8;

    private Goals() {}

    static List<Goal> all() {
        List<Goal> goals = new ArrayList<>();
        Cell atOnce = Cell.send(Letter.SMALL, MANY, 0, Offer.BOTH);
        goals.add(Goal.ratio("sending, 2 KB, 0 ms", atOnce, POSTRIDER, 4, ANGUS, NODEMAILER, NODEMAILER_TUNED, VERTX));
        goals.add(Goal.cpu("the same", atOnce, POSTRIDER, 0.2));
        for (int delay : List.of(5, 20)) {
            Cell cell = Cell.send(Letter.SMALL, MANY, delay, Offer.BOTH);
            goals.add(
                    Goal.ratio("sending, 2 KB, " + delay + " ms", cell, POSTRIDER, 1.9, NODEMAILER, NODEMAILER_TUNED));
            goals.add(Goal.ratio("the same", cell, POSTRIDER, 3.5, ANGUS));
            goals.add(Goal.ratio("the same", cell, POSTRIDER, 14, CAMEL_MAIL));
        }
        for (int delay : List.of(5, 20)) {
            Cell cell = Cell.send(Letter.SMALL, MANY, delay, Offer.PIPELINING);
            goals.add(Goal.ratio(
                    "sending, 2 KB, " + delay + " ms, " + cell.offer(),
                    cell,
                    POSTRIDER,
                    1,
                    NODEMAILER,
                    NODEMAILER_TUNED));
        }
        Cell large = Cell.send(Letter.LARGE, SOME, 0, Offer.BOTH);
        goals.add(Goal.ratio("sending, 100 KB, 8 sessions, 0 ms", large, POSTRIDER, 1.5, NODEMAILER, NODEMAILER_TUNED));
        Cell carry = Cell.carry(MANY, 0, Offer.BOTH);
        goals.add(Goal.ratio("Kafka → relay, 2 KB, 0 ms", carry, KAFKA, 0.5, POSTRIDER));
        goals.add(Goal.ratio("the same", carry, KAFKA, 2, KAFKA_BY_HAND));
        goals.add(new Goal(
                "the same with DKIM",
                "≤ 1.3 × the CPU of without + one bare signature",
                1.3,
                false,
                results -> signing(results, carry)));
        goals.add(Goal.ratio("folder → relay, 2 KB, 0 ms", carry, FOLDER, 0.4, POSTRIDER));
        return goals;
    }

    private static Optional<Spread> signing(Results results, Cell cell) {
        List<Sample> plain = results.of(cell).getOrDefault(KAFKA, List.of());
        List<Sample> signed = results.of(cell).getOrDefault(KAFKA_SIGNED, List.of());
        Optional<Double> bare = results.piece("bareSignature").map(micros -> micros / 1000);
        int rounds = bare.isEmpty() ? 0 : Math.min(plain.size(), signed.size());
        List<Double> ratios = IntStream.range(0, rounds)
                .mapToObj(i -> signed.get(i).cpuPerThousand() / (plain.get(i).cpuPerThousand() + bare.orElseThrow()))
                .toList();
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }

    static String table(Results results) {
        return all().stream().map(goal -> goal.row(results)).collect(Collectors.joining("\n", """
                        | work (20 sessions unless said otherwise) | goal | seen | |
                        |---|---|--:|---|
                        """, "\n"));
    }
}
