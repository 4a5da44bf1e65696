package dev.postrider.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Everybody who takes part, by the name the report has for them. */
final class Peers {

    static final String POSTRIDER = "Postrider";
    static final String ANGUS = "Angus, kept";
    static final String ANGUS_TUNED = "Angus, kept, tuned";
    static final String NODEMAILER = "nodemailer, pool";
    static final String NODEMAILER_TUNED = "nodemailer, pool, tuned";
    static final String VERTX = "Vert.x mail client";
    static final String CAMEL_MAIL = "camel-mail";
    static final String POSTFIX = "Postfix, emptying its queue";
    static final String KAFKA = "Kafka → Postrider";
    static final String KAFKA_SIGNED = "Kafka → Postrider, signing";
    static final String KAFKA_BY_HAND = "Kafka → Angus, by hand";
    static final String FOLDER = "folder → Postrider";

    private final RelayProcess relay;
    private final BenchSettings settings;
    private final Path home;
    private final Path logs;

    Peers(RelayProcess relay, BenchSettings settings, Path home, Path logs) {
        this.relay = relay;
        this.settings = settings;
        this.home = home;
        this.logs = logs;
    }

    Peer postrider() {
        return java(POSTRIDER, "engine");
    }

    Peer angus() {
        return java(ANGUS, "angus");
    }

    /** All that can be here; what cannot is left out with a remark. */
    List<Peer> all(List<String> remarks) {
        List<Peer> all = new ArrayList<>(List.of(
                postrider(),
                angus(),
                java(ANGUS_TUNED, "angus-tuned"),
                java(VERTX, "vertx"),
                java(CAMEL_MAIL, "camel-mail")));
        all.addAll(1, nodemailer(remarks));
        return all;
    }

    private List<Peer> nodemailer(List<String> remarks) {
        try {
            List<String> command = Nodemailer.install(home.resolve("node"), home.resolve(BenchAuthority.PEM));
            return List.of(
                    peer(NODEMAILER, () -> child(NODEMAILER, "nodemailer", command)),
                    peer(NODEMAILER_TUNED, () -> child(NODEMAILER_TUNED, "nodemailer", Nodemailer.tuned(command))));
        } catch (IOException e) {
            remarks.add("nodemailer was left out: " + e.getMessage());
            return List.of();
        }
    }

    private Peer java(String name, String kind) {
        return peer(
                name,
                () -> child(
                        name,
                        kind,
                        JavaCommand.of(BenchSettings.java(), home, ClientProcess.class, kind, home.toString())));
    }

    private Peer peer(String name, Supplier<Child> start) {
        return new ClientPeer(name, relay, settings.window(), start);
    }

    private Child child(String name, String log, List<String> command) {
        return new Child(name, logs.resolve(log + ".log"), ClientProcess.ANSWER, command);
    }
}
