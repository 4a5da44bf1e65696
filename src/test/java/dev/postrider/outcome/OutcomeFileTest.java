package dev.postrider.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeFileTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final List<OutcomeFile> open = new ArrayList<>();

    private record Config(long bytes, int maxFiles) implements OutcomesConfig {
        @Override
        public MemorySize maxFileSize() {
            return new MemorySize(BigInteger.valueOf(bytes));
        }
    }

    private OutcomeFile open(long bytes, int maxFiles) {
        OutcomeFile file = new OutcomeFile(folder, new Config(bytes, maxFiles));
        open.add(file);
        return file;
    }

    @AfterEach
    void close() {
        open.forEach(OutcomeFile::close);
    }

    private static Outcome numbered(int i) {
        return Told.relayed("order-" + i, "ada@example.org");
    }

    @Test
    void eachOutcomeIsALine() throws Exception {
        OutcomeFile file = open(1_000_000, 10);

        file.store(Told.ofEveryKind()).get();
        file.store(List.of()).get();
        file.store(List.of(numbered(18))).get();

        assertThat(ids("outcomes.jsonl"))
                .containsExactly(
                        "order-17", "order-17", "order-17", "mail.requests-0@18", "order-17", "order-17", "order-18");
    }

    @Test
    void whatManyStoreAtOnceStandsThereOnceEach() throws Exception {
        OutcomeFile file = open(20_000, 1_000);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<?>> stored = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Outcome outcome = numbered(i);
            stored.add(threads.submit(() -> {
                file.store(List.of(outcome)).get();
                return null;
            }));
        }
        for (Future<?> each : stored) {
            each.get();
        }
        threads.shutdown();

        assertThat(allIds()).hasSize(1_000).doesNotHaveDuplicates();
    }

    @Test
    void aFullFileMakesRoomAndTheOldestGoes() throws Exception {
        String source = OutcomeEvent.source(folder.getFileName().toString());
        int line = OutcomeEvent.write(numbered(0), source).getBytes(UTF_8).length + 1;
        OutcomeFile file = open(line * 3L, 2);

        for (int i = 0; i < 10; i++) {
            file.store(List.of(numbered(i))).get();
        }

        assertThat(names()).containsExactly("outcomes.1.jsonl", "outcomes.2.jsonl", "outcomes.jsonl");
        assertThat(ids("outcomes.2.jsonl")).containsExactly("order-3", "order-4", "order-5");
        assertThat(ids("outcomes.1.jsonl")).containsExactly("order-6", "order-7", "order-8");
        assertThat(ids("outcomes.jsonl")).containsExactly("order-9");
    }

    @Test
    void aRotationThatWasCutOffLosesNothing() throws Exception {
        Files.writeString(folder.resolve("outcomes.2.jsonl"), "the second\n");
        Files.writeString(folder.resolve("outcomes.3.jsonl"), "the third\n");
        Files.writeString(folder.resolve("outcomes.jsonl"), "the current\n");

        open(10, 3).store(List.of(numbered(17))).get();

        assertThat(folder.resolve("outcomes.1.jsonl")).hasContent("the current");
        assertThat(folder.resolve("outcomes.2.jsonl")).hasContent("the second");
        assertThat(folder.resolve("outcomes.3.jsonl")).hasContent("the third");
        assertThat(ids("outcomes.jsonl")).containsExactly("order-17");
    }

    @Test
    void aTornLineIsEnded() throws Exception {
        Files.writeString(folder.resolve("outcomes.jsonl"), "{\"specversion\":\"1.0\",\"id\":\"ord");

        open(1_000_000, 10).store(List.of(numbered(17))).get();

        assertThat(Files.readAllLines(folder.resolve("outcomes.jsonl"))).hasSize(2);
        assertThat(ids("outcomes.jsonl")).containsExactly("order-17");
    }

    /** As with a full disk: whoever stores is told, and may try again. */
    @Test
    void aFileThatCannotBeWrittenIsTold() throws Exception {
        OutcomeFile file = open(1_000_000, 10);
        Files.delete(folder.resolve("outcomes.jsonl"));
        Path inTheWay = Files.createDirectory(folder.resolve("outcomes.jsonl"));

        assertThatThrownBy(() -> file.store(List.of(numbered(17))).get()).hasCauseInstanceOf(IOException.class);
        Files.delete(inTheWay);
        file.store(List.of(numbered(17))).get();

        assertThat(ids("outcomes.jsonl")).containsExactly("order-17");
    }

    @Test
    void aThousandLargeOutcomesBecomeTextOneAfterTheOther() throws Exception {
        List<Long> aheadOfTheFile = new ArrayList<>();
        long line = 1L
                + OutcomeEvent.write(large(0), "/postrider/" + folder.getFileName())
                        .getBytes(UTF_8)
                        .length;

        open(1_000_000_000, 1)
                .store(lazily(1_000, i -> {
                    aheadOfTheFile.add(i * line - size());
                    return large(i);
                }))
                .get();

        assertThat(aheadOfTheFile).hasSize(1_000).allMatch(bytes -> bytes < 300_000);
        assertThat(Files.readAllLines(folder.resolve("outcomes.jsonl"))).hasSize(1_000);
    }

    @Test
    void whatWasStoredByHalvesIsTakenBackAndStandsThereOnceInTheEnd() throws Exception {
        OutcomeFile file = open(1_000_000_000, 1);
        file.store(List.of(numbered(17))).get();

        assertThatThrownBy(() -> file.store(lazily(10, i -> {
                            if (i == 9) {
                                throw new LinkageError("of a test");
                            }
                            return large(i);
                        }))
                        .get())
                .hasCauseInstanceOf(LinkageError.class);
        assertThat(ids("outcomes.jsonl")).containsExactly("order-17");

        file.store(lazily(10, OutcomeFileTest::large)).get();
        assertThat(ids("outcomes.jsonl")).hasSize(11).doesNotHaveDuplicates();
    }

    private static Outcome large(int i) {
        Map<String, String> metadata =
                IntStream.range(0, 50).boxed().collect(Collectors.toMap(n -> "key-" + n, n -> "ö".repeat(1_000)));
        return new Outcome(
                "order-" + (1_000 + i),
                Optional.of("ada@example.org"),
                "relayed",
                new Attempt(0, 1, Told.FOUR, "relay.example.com:587", Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "inbox/order.json",
                metadata);
    }

    private static List<Outcome> lazily(int count, IntFunction<Outcome> made) {
        return new AbstractList<>() {
            @Override
            public Outcome get(int i) {
                return made.apply(i);
            }

            @Override
            public int size() {
                return count;
            }
        };
    }

    private long size() {
        return folder.resolve("outcomes.jsonl").toFile().length();
    }

    @Test
    void aFileThatCannotBeWrittenEndsTheStart() throws Exception {
        Files.createDirectory(folder.resolve("outcomes.jsonl"));

        assertThatThrownBy(() -> open(1_000_000, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("postrider.folder.path: cannot write outcomes.jsonl in " + folder);
    }

    @Test
    void nothingIsStoredAfterTheEnd() {
        OutcomeFile file = open(1_000_000, 10);
        file.close();

        assertThatThrownBy(() -> file.store(List.of(numbered(17))).get()).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void settingsThatMakeNoSenseAreNamed() {
        assertThatThrownBy(() -> open(0, 10)).hasMessageStartingWith("postrider.outcomes.max-file-size: ");
        assertThatThrownBy(() -> open(10, 0)).hasMessageStartingWith("postrider.outcomes.max-files: ");
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> allIds() throws IOException {
        List<String> ids = new ArrayList<>();
        for (String name : names()) {
            ids.addAll(ids(name));
        }
        return ids;
    }

    /** Of the lines that are whole. */
    private List<String> ids(String name) throws IOException {
        List<String> ids = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(name))) {
            try {
                ids.add(JSON.readTree(line).path("data").path("id").asText());
            } catch (JsonProcessingException torn) {
                assertThat(line).doesNotEndWith("}");
            }
        }
        return ids;
    }
}
