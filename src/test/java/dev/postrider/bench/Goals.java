package dev.postrider.bench;

import static dev.postrider.bench.Peers.ANGUS;
import static dev.postrider.bench.Peers.CAMEL_MAIL;
import static dev.postrider.bench.Peers.FOLDER;
import static dev.postrider.bench.Peers.KAFKA;
import static dev.postrider.bench.Peers.KAFKA_BY_HAND;
import static dev.postrider.bench.Peers.NODEMAILER;
import static dev.postrider.bench.Peers.POSTRIDER;
import static dev.postrider.bench.Peers.VERTX;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What Postrider is to reach, as ratios of one run. */
final class Goals {

    private static final int MANY = 20;
    private static final int SOME = 8;

    private Goals() {}

    static List<Goal> all() {
        List<Goal> goals = new ArrayList<>();
        Cell atOnce = Cell.send(Letter.SMALL, MANY, 0, Offer.BOTH);
        goals.add(Goal.ratio("sending, 2 KB, 0 ms", atOnce, POSTRIDER, 4, ANGUS, NODEMAILER, VERTX));
        goals.add(Goal.cpu("the same", atOnce, POSTRIDER, 0.2));
        for (int delay : List.of(5, 20)) {
            Cell cell = Cell.send(Letter.SMALL, MANY, delay, Offer.BOTH);
            goals.add(Goal.ratio("sending, 2 KB, " + delay + " ms", cell, POSTRIDER, 1.9, NODEMAILER));
            goals.add(Goal.ratio("the same", cell, POSTRIDER, 3.5, ANGUS));
            goals.add(Goal.ratio("the same", cell, POSTRIDER, 14, CAMEL_MAIL));
        }
        for (int delay : List.of(5, 20)) {
            Cell cell = Cell.send(Letter.SMALL, MANY, delay, Offer.PIPELINING);
            goals.add(Goal.ratio("sending, 2 KB, " + delay + " ms, " + cell.offer(), cell, POSTRIDER, 1, NODEMAILER));
        }
        Cell large = Cell.send(Letter.LARGE, SOME, 0, Offer.BOTH);
        goals.add(Goal.ratio("sending, 100 KB, 8 sessions, 0 ms", large, POSTRIDER, 1.5, NODEMAILER));
        Cell carry = Cell.carry(MANY, 0, Offer.BOTH);
        goals.add(Goal.ratio("Kafka → relay, 2 KB, 0 ms", carry, KAFKA, 0.5, POSTRIDER));
        goals.add(Goal.ratio("the same", carry, KAFKA, 2, KAFKA_BY_HAND));
        goals.add(Goal.ratio("folder → relay, 2 KB, 0 ms", carry, FOLDER, 0.4, POSTRIDER));
        return goals;
    }

    static String table(Results results) {
        return all().stream().map(goal -> goal.row(results)).collect(Collectors.joining("\n", """
                        | work (20 sessions unless said otherwise) | goal | seen | |
                        |---|---|--:|---|
                        """, "\n"));
    }
}
