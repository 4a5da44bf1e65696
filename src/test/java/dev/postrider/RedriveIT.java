package dev.postrider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.fixture.ApplicationLaunch;
import dev.postrider.fixture.Installation;
import dev.postrider.fixture.KafkaBroker;
import dev.postrider.fixture.PackagedApplication;
import dev.postrider.fixture.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The command as it is packaged: what goes back goes back once, however often and in however many runs. */
class RedriveIT {

    /** Its own: thousands of records at once, and transactions that are killed. */
    private static KafkaBroker broker;

    @TempDir
    Path home;

    private String requests;
    private String deadLetters;
    private String redriven;
    private String group;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        group = test.getTestMethod().orElseThrow().getName();
        requests = group + ".requests";
        deadLetters = group + ".dead-letters";
        redriven = group + ".redriven";
        broker.createTopic(requests, 2);
        broker.createTopic(deadLetters, 2);
    }

    @Test
    void whatTheRelayRefusedIsRelayedAfterARedrive() {
        try (Installation installation = Installation.in(home)) {
            installation.relay().replyTo("RCPT TO:<ann@example.org>", "550 5.1.1 no such user");
            broker.send(requests, "key", Requests.to("order-17", "ann@example.org"));
            try (PackagedApplication application = installation
                    .launch()
                    .with("kafka.bootstrap.servers", broker.bootstrapServers())
                    .with("postrider.kafka.requests-topics", requests)
                    .with("postrider.kafka.dead-letters-topic", deadLetters)
                    .with("postrider.kafka.group-id", group)
                    .start()) {
                broker.readAll(deadLetters, 1);
                installation.relay().replyTo("RCPT TO:<ann@example.org>", "250 2.1.5 ok");

                Ended run = redrive("run", "--id", "order-17");

                assertThat(run.lines()).containsExactly("redriven 1, refused 0");
                assertThat(run.code()).isZero();
                assertThat(installation.relay().awaitMessages(1)).hasSize(1);
                assertThat(application.running()).isTrue();
            }
        }
    }

    @Test
    void whatExpiredExpiresAgainUntilItsExpiryIsTakenAway() {
        try (Installation installation = Installation.in(home)) {
            String request = Requests.to("order-17", "ann@example.org");
            broker.send(
                    requests, "key", request.replace("\"text\"", "\"expiresAt\": \"2026-03-01T17:00:00Z\", \"text\""));
            try (PackagedApplication application = installation
                    .launch()
                    .with("kafka.bootstrap.servers", broker.bootstrapServers())
                    .with("postrider.kafka.requests-topics", requests)
                    .with("postrider.kafka.dead-letters-topic", deadLetters)
                    .with("postrider.kafka.group-id", group)
                    .start()) {
                broker.readAll(deadLetters, 1);
                redrive("run", "--id", "order-17");
                broker.readAll(deadLetters, 2);
                assertThat(installation.relay().messages()).isEmpty();

                Ended run = redrive("run", "--id", "order-17", "--unset", "expiresAt");

                assertThat(run.code()).isZero();
                assertThat(installation.relay().awaitMessages(1)).hasSize(1);
                assertThat(application.running()).isTrue();
            }
        }
    }

    @Test
    void twoDeadLettersOfOneRequestGoEachToItsOwnRecipients() {
        try (Installation installation = Installation.in(home)) {
            installation.relay().replyTo("RCPT TO:<ann@example.org>", "550 5.1.1 no such user");
            installation.relay().replyTo("RCPT TO:<bob@example.org>", "451 4.2.1 busy");
            broker.send(requests, "key", Requests.to("order-17", "ann@example.org", "bob@example.org"));
            try (PackagedApplication application = installation
                    .launch()
                    .with("kafka.bootstrap.servers", broker.bootstrapServers())
                    .with("postrider.kafka.requests-topics", requests)
                    .with("postrider.kafka.dead-letters-topic", deadLetters)
                    .with("postrider.kafka.retries-topics-prefix", requests + ".retries")
                    .with("postrider.retry.delays", "1s")
                    .with("postrider.kafka.group-id", group)
                    .start()) {
                broker.readAll(deadLetters, 2);
                installation.relay().clearReplies();

                Ended run = redrive("run", "--all", "--yes");

                assertThat(run.lines()).containsExactly("redriven 2, refused 0");
                assertThat(installation.relay().awaitMessages(2))
                        .extracting(message -> message.recipients())
                        .containsExactlyInAnyOrder(List.of("ann@example.org"), List.of("bob@example.org"));
                assertThat(application.running()).isTrue();
            }
        }
    }

    @Test
    void itGoesBackAsItCameAndTellsOfItsPast() throws IOException {
        deadLetter(0, "order-1", "refused", "550 5.1.1 no such user");
        deadLetter(1, "order-2", "expired", "451 4.2.1 busy");
        String second = deadLetters + "-1@0";

        Ended run = redrive("run", second);

        assertThat(run.code()).isZero();
        assertThat(broker.readAll(requests)).singleElement().satisfies(record -> {
            assertThat(record.key()).asString().isEqualTo("key of order-2");
            assertThat(record.value())
                    .asString()
                    .isEqualTo(Requests.to("order-2", "ann@example.org", "bob@example.org"));
            assertThat(record.headers().toArray())
                    .extracting(Header::key)
                    .containsExactly("trace", "trace", "postrider-history", "postrider-redriven-from");
            assertThat(header(record, "postrider-redriven-from")).isEqualTo(second);
            assertThat(header(record, "postrider-history"))
                    .isEqualTo("{\"redrives\":1,\"recipients\":[\"bob@example.org\"],\"attempts\":[],\"source\":"
                            + "{\"topic\":\"" + requests + "\",\"partition\":1,\"offset\":7}}");
        });
        ConsumerRecord<byte[], byte[]> note = broker.readAll(redriven).get(0);
        assertThat(note.key()).asString().isEqualTo(second);
        assertThat(new ObjectMapper().readTree(note.value()).path("redrives").asInt())
                .isEqualTo(1);
    }

    @Test
    void whatIsListedCanBeFilteredAndShown() throws IOException {
        deadLetter(0, "order-1", "refused", "550 5.1.1 no such user");
        deadLetter(1, "order-2", "expired", "451 4.2.1 busy");
        deadLetter(1, "\u001b[31m\u202E", "expired", "451 4.2.1 busy");

        assertThat(redrive("list").lines())
                .hasSize(5)
                .anySatisfy(line -> assertThat(line).contains("order-1").contains("550 5.1.1 no such user"))
                .anySatisfy(line -> assertThat(line).contains("\\u001b[31m\\u202e"))
                .endsWith("3 dead letters, 2 retryable");
        assertThat(redrive("list", "--reply-code", "5").lines())
                .hasSize(3)
                .endsWith("1 of 3 dead letters, 0 retryable");
        Ended json = redrive("list", "--json", "--id", "order-*");
        assertThat(json.lines()).hasSize(2);
        JsonNode first = new ObjectMapper().readTree(json.lines().get(0));
        assertThat(first.path("recipients").get(0).asText()).isEqualTo("bob@example.org");
        assertThat(redrive("show", deadLetters + "-0@0").lines())
                .anySatisfy(line -> assertThat(line).contains("\"subject\" : \"Order order-1\""));
        assertThat(redrive("show", "--id", "order-1").lines())
                .anySatisfy(line -> assertThat(line).contains("\"subject\" : \"Order order-1\""));
        Ended unknown = redrive("show", "--id", "order-9");
        assertThat(unknown.lines()).containsExactly("none of 3 dead letters is chosen by that; list shows them");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(redrive("show", deadLetters + "-0@9").lines()).containsExactly(deadLetters + "-0@9  not there");
    }

    @Test
    void aDryRunChangesNothing() {
        deadLetter(0, "order-1", "refused", "550 5.1.1 no such user");

        Ended run = redrive("run", "--all", "--dry-run", "--set-recipient", "bob@example.org=bob@example.net");

        assertThat(run.lines())
                .containsExactly(
                        "would redrive  " + deadLetters + "-0@0  order-1  to " + requests + " for bob@example.net",
                        "    to: [\"ann@example.org\",\"bob@example.org\"] -> [\"ann@example.org\",\"bob@example.net\"]",
                        "1 would be redriven, 0 refused; nothing was changed");
        assertThat(broker.readAll(requests)).isEmpty();
        assertThat(topics()).doesNotContain(redriven);
    }

    @Test
    void nothingIsRedrivenTwice() {
        IntStream.range(0, 20).forEach(n -> deadLetter(n % 2, "order-" + n, "refused", "550 5.1.1 no such user"));

        assertThat(redrive("run", "--id", "order-1*", "--yes").lines()).containsExactly("redriven 11, refused 0");
        assertThat(redrive("run", "--all", "--yes").lines()).containsExactly("redriven 9, refused 0");
        assertThat(redrive("run", "--all", "--yes").lines())
                .containsExactly("no dead letter is chosen by that", "redriven 0, refused 0");
        assertThat(redrive("run", deadLetters + "-0@0").lines())
                .hasSize(2)
                .anyMatch(line -> line.matches("refused  \\S+-0@0  redriven at \\S+Z by \\S+@\\S+"));
        assertThat(ids(broker.readAll(requests))).hasSize(20).doesNotHaveDuplicates();
        assertThat(redrive("list").lines()).containsExactly("0 dead letters, 0 retryable");
    }

    @Test
    void whoSaysNothingRedrivesNothing() {
        deadLetter(0, "order-1", "refused", "550 5.1.1 no such user");
        deadLetter(0, "order-2", "expired", "451 4.2.1 busy");

        Ended none = redrive("run");
        Ended all = redrive("run", "--all");

        assertThat(none.code()).isEqualTo(2);
        assertThat(none.lines()).singleElement().asString().startsWith("2 dead letters could be redriven, 1 of them");
        assertThat(all.code()).isEqualTo(2);
        assertThat(all.lines()).singleElement().asString().contains("say --yes");
        assertThat(broker.readAll(requests)).isEmpty();
    }

    @Test
    void whatCameBackTooOftenStays() {
        broker.send(new ProducerRecord<>(
                deadLetters,
                0,
                "key".getBytes(UTF_8),
                Requests.to("order-1", "ann@example.org").getBytes(UTF_8),
                List.of(
                        KafkaBroker.header("postrider-id", "order-1"),
                        KafkaBroker.header("postrider-redrive-count", "3"))));

        Ended stays = redrive("run", "--all");
        Ended goes = redrive("run", "--all", "--max-redrives", "4");

        assertThat(stays.code()).isEqualTo(1);
        assertThat(stays.lines())
                .containsExactly(
                        "refused  " + deadLetters
                                + "-0@0  order-1  it was redriven 3 times and came back; find out why,"
                                + " or raise --max-redrives",
                        "redriven 0, refused 1");
        assertThat(goes.lines()).containsExactly("redriven 1, refused 0");
        assertThat(header(broker.readAll(requests).get(0), "postrider-history")).contains("\"redrives\":4");
    }

    @Test
    void aValueThatWasTooLargeForTheDeadLettersIsFetchedFromItsSource() {
        broker.send(new ProducerRecord<>(requests, 0, "key".getBytes(UTF_8), "large".getBytes(UTF_8)));
        pointer(0, "key");
        pointer(1, "key");
        pointer(0, "another key");

        Ended run = redrive("run", "--all", "--yes");

        assertThat(run.lines())
                .containsExactlyInAnyOrder(
                        "refused  " + deadLetters + "-0@1  it was too large to be kept here, and " + requests
                                + "-0@1 has it no longer",
                        "refused  " + deadLetters + "-0@2  it was too large to be kept here, and " + requests
                                + "-0@0 has it no longer",
                        "redriven 1, refused 2");
        assertThat(broker.readAll(requests))
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactly("large", "large");
    }

    @Test
    void whatWasTooLargeToKeepItsHeadersGoesBackWithThem() {
        broker.send(new ProducerRecord<>(
                requests,
                0,
                "key".getBytes(UTF_8),
                "a message".getBytes(UTF_8),
                List.of(
                        KafkaBroker.header("content-type", "message/rfc822"),
                        KafkaBroker.header("rcpt-to", "ann@example.org, bob@example.org"))));
        broker.send(new ProducerRecord<>(
                deadLetters,
                0,
                (byte[]) null,
                null,
                List.of(
                        KafkaBroker.header("postrider-content", "too large for this topic; it stands at the source"),
                        KafkaBroker.header("postrider-shortened", "value, headers, key, failure"),
                        KafkaBroker.header("postrider-remaining-recipients", "bob@example.org"),
                        KafkaBroker.header("postrider-source-topic", requests),
                        KafkaBroker.header("postrider-source-partition", "0"),
                        KafkaBroker.header("postrider-source-offset", "0"))));

        Ended run = redrive("run", "--all", "--yes");

        assertThat(run.lines()).containsExactly("redriven 1, refused 0");
        ConsumerRecord<byte[], byte[]> back = broker.readAll(requests).stream()
                .filter(record -> record.headers().lastHeader("postrider-history") != null)
                .findFirst()
                .orElseThrow();
        assertThat(back.key()).asString().isEqualTo("key");
        assertThat(back.value()).asString().isEqualTo("a message");
        assertThat(header(back, "content-type")).isEqualTo("message/rfc822");
        assertThat(header(back, "rcpt-to")).isEqualTo("ann@example.org, bob@example.org");
        assertThat(header(back, "postrider-history")).contains("\"recipients\":[\"bob@example.org\"]");
    }

    @Test
    void aRunThatIsKilledIsGoneOnWithByTheNext() {
        int many = 6_000;
        broker.sendAll(IntStream.range(0, many).mapToObj(n -> small(n % 2, "order-" + n)));

        int kills = 0;
        for (int least : List.of(1, 2_000)) {
            try (PackagedApplication run = launch("run", "--all", "--yes").start()) {
                await().pollInterval(Duration.ofMillis(5)).until(() -> !run.running() || written() >= least);
                kills += run.running() ? 1 : 0;
                run.kill();
            }
        }
        int before = ids(broker.readAll(requests)).size();
        Ended last = redrive("run", "--all", "--yes");

        assertThat(kills).as("runs that were killed on their way").isPositive();
        assertThat(last.lines()).endsWith("redriven " + (many - before) + ", refused 0");
        assertThat(ids(broker.readAll(requests))).hasSize(many).doesNotHaveDuplicates();
    }

    @Test
    void aRunThatIsInterruptedFinishesWhatItIsAtAndSaysHowFarItCame() {
        int many = 12_000;
        broker.sendAll(IntStream.range(0, many).mapToObj(n -> small(n % 2, "order-" + n)));

        try (PackagedApplication run = launch("run", "--all", "--yes").start()) {
            await().pollInterval(Duration.ofMillis(5)).until(() -> !run.running() || written() > 0);
            int code = run.terminate();

            int redriven = Integer.parseInt(
                    run.awaitOutput("interrupted after (\\d+) of 12000").group(1));
            assertThat(code).as("SIGTERM").isEqualTo(128 + 15);
            assertThat(redriven).isPositive();
            assertThat(ids(broker.readAll(requests))).hasSize(redriven).doesNotHaveDuplicates();
        }
    }

    @Test
    void ofTwoRunsAtOnceOneEndsAndNothingGoesTwice() {
        int many = 3_000;
        broker.sendAll(IntStream.range(0, many).mapToObj(n -> small(n % 2, "order-" + n)));

        try (PackagedApplication one = launch("run", "--all", "--yes").start();
                PackagedApplication other = launch("run", "--all", "--yes").start()) {
            Set<Integer> codes = Set.of(one.awaitExit(), other.awaitExit() + 10);

            assertThat(codes).as("the last one to begin is not disturbed").containsAnyOf(0, 10);
        }
        redrive("run", "--all", "--yes");

        assertThat(ids(broker.readAll(requests))).hasSize(many).doesNotHaveDuplicates();
    }

    @Test
    void theFolderIsRedrivenToo() throws IOException {
        Path letters = Files.createDirectories(home.resolve("spool/dead-letters"));
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/application.properties"), "postrider.folder.path=spool\n");
        for (int n = 0; n < 10; n++) {
            Files.writeString(letters.resolve(n + ".json"), Requests.to("order-" + n, "ann@example.org"));
            Files.writeString(
                    letters.resolve(n + ".json.failure.json"),
                    "{\"id\":\"order-" + n + "\",\"reason\":\"refused\",\"source\":{\"file\":\"" + n + ".json\"}}");
        }

        Ended list = inFolder("list");
        Ended one = inFolder("run", "dead-letters/3.json");
        Ended rest = inFolder("run", "--reason", "refused", "--yes");
        Ended none = inFolder("run", "--all");

        assertThat(list.lines()).hasSize(12).endsWith("10 dead letters, 0 retryable");
        assertThat(one.lines()).containsExactly("redriven 1, refused 0");
        assertThat(rest.lines()).containsExactly("redriven 9, refused 0");
        assertThat(none.lines()).containsExactly("no dead letter is chosen by that", "redriven 0, refused 0");
        assertThat(letters).isEmptyDirectory();
        assertThat(home.resolve("spool/.redriven").toFile().list()).hasSize(20);
    }

    @Test
    void troubleIsOneLine() {
        Ended noBroker = ended(PackagedApplication.with("kafka.bootstrap.servers", "localhost:1")
                .with("kafka.default.api.timeout.ms", "1000")
                .arguments("redrive", "list"));
        Ended noTopic = ended(PackagedApplication.with("kafka.bootstrap.servers", broker.bootstrapServers())
                .with("postrider.kafka.dead-letters-topic", "nowhere")
                .arguments("redrive", "list"));
        Ended nothing = ended(PackagedApplication.launch().arguments("redrive", "list"));

        assertThat(noBroker.lines()).singleElement().asString().startsWith("no answer from the brokers at localhost:1");
        assertThat(noTopic.lines()).singleElement().asString().startsWith("no topic nowhere");
        assertThat(nothing.lines()).singleElement().asString().startsWith("no dead letters to look at");
        assertThat(List.of(noBroker.code(), noTopic.code(), nothing.code())).containsOnly(3);
    }

    private record Ended(int code, List<String> lines) {}

    private Ended redrive(String... arguments) {
        return ended(launch(arguments));
    }

    private Ended inFolder(String... arguments) {
        return ended(PackagedApplication.launch()
                .workingDirectory(home)
                .arguments("redrive")
                .arguments(arguments));
    }

    private ApplicationLaunch launch(String... arguments) {
        return PackagedApplication.with("kafka.bootstrap.servers", broker.bootstrapServers())
                .with("postrider.kafka.requests-topics", requests)
                .with("postrider.kafka.dead-letters-topic", deadLetters)
                .with("postrider.kafka.redriven-topic", redriven)
                .with("postrider.kafka.group-id", group)
                .arguments("redrive")
                .arguments(arguments);
    }

    private static Ended ended(ApplicationLaunch launch) {
        try (PackagedApplication command = launch.start()) {
            int code = command.awaitExit();
            return new Ended(code, command.output());
        }
    }

    private void deadLetter(int partition, String id, String reason, String reply) {
        broker.send(new ProducerRecord<>(
                deadLetters,
                partition,
                ("key of " + id).getBytes(UTF_8),
                Requests.to(id, "ann@example.org", "bob@example.org").getBytes(UTF_8),
                headers(partition, id, reason, reply)));
    }

    private ProducerRecord<byte[], byte[]> small(int partition, String id) {
        return new ProducerRecord<>(
                deadLetters,
                partition,
                id.getBytes(UTF_8),
                Requests.to(id, "ann@example.org").getBytes(UTF_8),
                headers(partition, id, "refused", "550 5.1.1 no such user"));
    }

    private List<Header> headers(int partition, String id, String reason, String reply) {
        return List.of(
                KafkaBroker.header("trace", "1"),
                KafkaBroker.header("trace", "2"),
                KafkaBroker.header("postrider-id", id),
                KafkaBroker.header("postrider-reason", reason),
                KafkaBroker.header("postrider-reply", reply),
                KafkaBroker.header("postrider-retryable", Boolean.toString(reply.startsWith("4"))),
                KafkaBroker.header("postrider-remaining-recipients", "bob@example.org"),
                KafkaBroker.header("postrider-failed-at", "2026-03-01T04:00:00.214Z"),
                KafkaBroker.header("postrider-source-topic", requests),
                KafkaBroker.header("postrider-source-partition", Integer.toString(partition)),
                KafkaBroker.header("postrider-source-offset", "7"));
    }

    private void pointer(long offset, String key) {
        broker.send(new ProducerRecord<>(
                deadLetters,
                0,
                key.getBytes(UTF_8),
                null,
                List.of(
                        KafkaBroker.header("postrider-content", "too large for this topic; it stands at the source"),
                        KafkaBroker.header("postrider-source-topic", requests),
                        KafkaBroker.header("postrider-source-partition", "0"),
                        KafkaBroker.header("postrider-source-offset", Long.toString(offset)))));
    }

    /** As far as the log of the requests has come, committed or not. */
    private long written() {
        return broker.endOffset(requests, 0) + broker.endOffset(requests, 1);
    }

    private static List<String> ids(List<ConsumerRecord<byte[], byte[]>> records) {
        List<String> ids = new ArrayList<>();
        records.forEach(record -> ids.add(new String(record.key(), UTF_8)));
        return ids;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static Set<String> topics() {
        return broker.topics();
    }
}
