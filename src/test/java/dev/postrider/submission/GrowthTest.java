package dev.postrider.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.message.MessageComposer;
import dev.postrider.message.Uncomposable;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A request that is eight times as large takes about eight times as long, whatever grows and wherever it stands. Time is
 * that of the thread on the processor, so that a busy machine does not count.
 */
class GrowthTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Doubled three times. What is quadratic takes 64 times as long. */
    private static final int GROWTH = 8;

    private static final int MOST = 24;
    /** Less than this is not looked at: no attack is made of it. */
    private static final Duration NEGLIGIBLE = Duration.ofMillis(100);

    private static final int TRIES = 5;

    private final SubmissionReader reader = new SubmissionReader(RequestLimits.defaults(), AttachmentsRoot.none());
    private final MessageComposer composer = new MessageComposer(Clock.systemUTC(), Optional.empty(), Optional.empty());

    /** What a value may be filled with, as JSON. */
    private enum Filling {
        NUMBERS_BEYOND_A_DOUBLE(3_000, n -> list(n, i -> "1e" + (400 + i))),
        NUMBERS_OF_EVERY_SCALE(3_000, n -> list(n, i -> "1e-" + i)),
        NUMBERS(3_000, n -> list(n, Integer::toString)),
        NULLS(3_000, n -> list(n, i -> "null")),
        STRINGS(3_000, n -> list(n, i -> "\"a" + i + "@b.example\"")),
        ONE_STRING(3_000, n -> list(n, i -> "\"success\"")),
        LISTS(3_000, n -> list(n, i -> "[" + i + "]")),
        OBJECTS(3_000, n -> list(n, i -> "{\"a" + i + "\": " + i + "}")),
        MEMBERS(3_000, n -> object(n, i -> "\"a" + i + "\": \"b\"")),
        STRINGS_OF_ONE_HASH(3_000, n -> object(n, i -> "\"" + sameHash(i) + "\": 1")),
        DEPTH(5_000, n -> "[".repeat(n) + "]".repeat(n)),
        DIGITS(20_000, n -> "1".repeat(n)),
        LETTERS(30_000, n -> text("a", n)),
        SPACES(30_000, n -> text(" ", n)),
        SUBTAGS(30_000, n -> text("ab-", n)),
        PARAMETERS(30_000, n -> text("a/b;a=b", n)),
        QUOTES(30_000, n -> text("\\\"", n)),
        BACKSLASHES(30_000, n -> text("\\\\", n)),
        ADDRESS(30_000, n -> text("a.b@", n)),
        BRACKETS(30_000, n -> text("<", n)),
        LINES(30_000, n -> text("A:b\\r\\n ", n)),
        ENCODED_WORDS(30_000, n -> text("=?", n)),
        HALVES(30_000, n -> text("\\ud83d", n)),
        MARKUP(30_000, n -> text("<b><a href=x>", n)),
        QUOTATIONS(30_000, n -> text("<blockquote>a<br>", n)),
        CELLS(30_000, n -> text("<table><td>", n)),
        COMMENT(30_000, n -> text("<!--", n));

        private final int size;

        @SuppressWarnings("ImmutableEnumChecker") // Functions without state.
        private final IntFunction<String> content;

        Filling(int size, IntFunction<String> content) {
            this.size = size;
            this.content = content;
        }

        private static String list(int n, IntFunction<String> item) {
            return IntStream.range(0, n).mapToObj(item).collect(Collectors.joining(",", "[", "]"));
        }

        private static String object(int n, IntFunction<String> member) {
            return IntStream.range(0, n).mapToObj(member).collect(Collectors.joining(",", "{", "}"));
        }

        private static String text(String part, int n) {
            return '"' + part.repeat(n / part.length()) + '"';
        }

        /** "Aa" and "BB" have one hash; so has every row of as many of them. */
        private static String sameHash(int i) {
            return IntStream.range(0, 16)
                    .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                    .collect(Collectors.joining());
        }
    }

    static Stream<String> places() throws IOException {
        JsonNode schema =
                JSON.readTree(Path.of("config/send-request.schema.json").toFile());
        List<String> places = new ArrayList<>(List.of("", "/unknown"));
        collect("", schema, schema, places);
        return places.stream();
    }

    private static void collect(String place, JsonNode at, JsonNode schema, List<String> places) {
        if (at.has("$ref")) {
            collect(place, schema.at(at.get("$ref").textValue().substring(1)), schema, places);
        }
        at.path("properties").properties().forEach(field -> {
            places.add(place + "/" + field.getKey());
            collect(place + "/" + field.getKey(), field.getValue(), schema, places);
        });
        if (at.has("items")) {
            places.add(place + "/0");
            collect(place + "/0", at.get("items"), schema, places);
        }
        if (at.path("additionalProperties").isObject()) {
            places.add(place + "/X-A");
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void whateverStandsAtAPlaceTakesTimeInProportionToItsSize(String place) {
        for (Filling filling : Filling.values()) {
            growsInProportion(
                    filling + " at '" + place + "'", filling.size, n -> record(place, filling.content.apply(n)));
        }
    }

    private static Arrival record(String place, String value) {
        if (place.isEmpty()) {
            return Arrivals.record(value);
        }
        String marker = "\"HERE\"";
        ObjectNode request = JSON.createObjectNode();
        put(request, List.of(place.substring(1).split("/")));
        for (String name : List.of("from", "text")) {
            if (!request.has(name)) {
                request.put(name, "a@b.example");
            }
        }
        if (!request.has("to")) {
            request.putArray("to").add("c@d.example");
        }
        if (request.has("template")) {
            request.remove("text");
        }
        return Arrivals.record(request.toString().replace(marker, value));
    }

    private static void put(JsonNode parent, List<String> path) {
        String name = path.get(0);
        JsonNode child;
        if (path.size() == 1) {
            child = JSON.getNodeFactory().textNode("HERE");
        } else {
            child = path.get(1).equals("0") ? JSON.createArrayNode() : JSON.createObjectNode();
            put(child, path.subList(1, path.size()));
        }
        if (parent instanceof ArrayNode list) {
            list.add(child);
        } else {
            ((ObjectNode) parent).set(name, child);
            defaults((ObjectNode) parent);
        }
    }

    /** So that the value is looked at, and not what is missing beside it. */
    private static void defaults(ObjectNode parent) {
        if (Stream.of("content", "contentType", "contentId", "inline", "sha256").anyMatch(parent::has)
                && !parent.has("method")) {
            parent.putIfAbsent("filename", parent.textNode("a"));
        }
        if (parent.has("filename")) {
            parent.putIfAbsent("content", parent.textNode(""));
        }
        if (parent.has("data") || parent.has("locale")) {
            parent.putIfAbsent("name", parent.textNode("a"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rcpt-to", "mail-from", "content-type", "ce_id", "x"})
    void headersOfARecordTakeTimeInProportionToTheirNumberAndSize(String name) {
        for (String part : List.of("a@b.example,", "(", "\"", "<", "a:;", "\\", "é")) {
            growsInProportion(
                    name + " of " + part,
                    20_000,
                    n -> Arrivals.record(
                            "From: a@b.example\r\nTo: c@d.example\r\n\r\n".getBytes(UTF_8),
                            new Origin.Header("content-type", "message/rfc822".getBytes(UTF_8)),
                            new Origin.Header(
                                    name, part.repeat(n / part.length()).getBytes(UTF_8))));
        }
        growsInProportion(
                "number of " + name,
                2_000,
                n -> Arrivals.record(
                        "From: a@b.example\r\nTo: c@d.example\r\n\r\n".getBytes(UTF_8),
                        IntStream.range(0, n)
                                .mapToObj(i -> new Origin.Header(name, ("a" + i + "@b.example").getBytes(UTF_8)))
                                .toArray(Origin.Header[]::new)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X: y\r\n", "To: a@b.example\r\n", "Cc: a@b.example,\r\n a@b.example\r\n", "a", "\r\n", "=\n"})
    void aMessageTakesTimeInProportionToItsSize(String part) {
        growsInProportion(
                part,
                20_000,
                n -> Arrivals.file(
                        "a.eml",
                        ("From: a@b.example\r\n" + part.repeat(n / part.length()) + "\r\n\r\nb").getBytes(UTF_8)));
    }

    private void growsInProportion(String what, int size, IntFunction<Arrival> input) {
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            Duration large = timeOf(input.apply(size * GROWTH));
            if (large.compareTo(NEGLIGIBLE) < 0) {
                return;
            }
            Duration small = timeOf(input.apply(size));
            if (large.toNanos() < small.toNanos() * MOST) {
                return;
            }
            seen.add(small.toMillis() + " to " + large.toMillis() + " ms");
        }
        assertThat(seen).as(what).isEmpty();
    }

    private Duration timeOf(Arrival arrival) {
        long before = THREADS.getCurrentThreadCpuTime();
        try {
            if (reader.read(arrival) instanceof SendRequest request
                    && request.template().isEmpty()) {
                composer.compose(request, arrival).writeTo(OutputStream.nullOutputStream());
            }
        } catch (InvalidRequest | Uncomposable refused) {
            assertThat(refused.getMessage()).hasSizeLessThan(10_000);
        } catch (IOException | MessagingException impossible) {
            throw new AssertionError(impossible);
        }
        return Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before);
    }
}
