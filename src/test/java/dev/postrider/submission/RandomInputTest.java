package dev.postrider.submission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.postrider.corpus.Corpus;
import dev.postrider.corpus.CorpusRequest;
import dev.postrider.fixture.Patience;
import dev.postrider.message.MessageComposer;
import dev.postrider.message.Uncomposable;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Octets at random, and messages and events changed at random: each is read or refused, in no time, and what is read holds
 * nothing a relay may not get.
 */
class RandomInputTest {

    private static final Duration PATIENCE = Patience.ONE_MINUTE;
    private static final int ROUNDS = 4_000;

    private final SubmissionReader reader = new SubmissionReader(RequestLimits.defaults(), AttachmentsRoot.none());
    private final MessageComposer composer =
            new MessageComposer(Clock.systemUTC(), Optional.of("X-Id"), Optional.empty());
    private final Mutation mutation = new Mutation();

    enum Form {
        MESSAGE("content-type=message/rfc822"),
        EVENT("content-type=application/cloudevents+json"),
        BINARY_EVENT("ce_specversion=1.0", "ce_id=17", "ce_source=/shop", "ce_type=order"),
        BINARY_EVENT_OF_MESSAGE(
                "ce_specversion=1.0", "ce_id=17", "ce_source=/shop", "ce_type=order", "content-type=message/rfc822"),
        REQUEST;

        @SuppressWarnings("ImmutableEnumChecker") // Nobody writes to it.
        private final Origin.Header[] headers;

        Form(String... headers) {
            this.headers = Arrays.stream(headers)
                    .map(header -> header.split("="))
                    .map(header -> new Origin.Header(header[0], header[1].getBytes(UTF_8)))
                    .toArray(Origin.Header[]::new);
        }

        List<byte[]> seeds() {
            return switch (this) {
                case MESSAGE, BINARY_EVENT_OF_MESSAGE -> corpus();
                case EVENT -> List.of(event(), request());
                case BINARY_EVENT, REQUEST -> requests();
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void octetsAtRandomAreReadOrRefused(Form form) {
        assertTimeoutPreemptively(PATIENCE, () -> {
            for (int i = 0; i < ROUNDS; i++) {
                isRead(Arrivals.record(mutation.octets(300), form.headers));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatIsChangedAtRandomIsReadOrRefused(Form form) {
        List<byte[]> seeds = form.seeds();

        assertTimeoutPreemptively(PATIENCE, () -> {
            int read = 0;
            for (int i = 0; i < ROUNDS; i++) {
                read += isRead(Arrivals.record(mutation.of(mutation.oneOf(seeds)), form.headers)) ? 1 : 0;
            }
            // Else all is refused at the first look, and nothing is tried.
            assertThat(read).isBetween(ROUNDS / 100, ROUNDS - ROUNDS / 100);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-type", "mail-from", "rcpt-to", "ce_specversion", "ce_id", "ce_source"})
    void whateverStandsInAHeaderIsReadOrRefused(String header) {
        byte[] message = corpus().get(0);
        List<byte[]> seeds =
                List.of("a@b.example, \"C\" <c@d.example>".getBytes(UTF_8), "1.0".getBytes(UTF_8), mutation.octets(40));

        assertTimeoutPreemptively(PATIENCE, () -> {
            for (int i = 0; i < ROUNDS; i++) {
                Origin.Header[] headers = Arrays.copyOf(Form.MESSAGE.headers, 2);
                headers[1] = new Origin.Header(header, mutation.of(mutation.oneOf(seeds)));
                isRead(Arrivals.record(message, headers));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(", "<", "\"", "a@b.c,", "a:", ";", "\\", "[", "@", "=?", "\"\" ", "(a) ", "a:;,", "a. ", ",", "<@a,"
            })
    void aListOfAHundredThousandTokensTakesNoTime(String token) {
        String field = "\r\n ".concat(token.repeat(900 / token.length())).repeat(200);
        byte[] message = ("From: a@b.example\r\nTo:" + field + "\r\n\r\nb\r\n").getBytes(ISO_8859_1);

        assertTimeoutPreemptively(PATIENCE, () -> isRead(Arrivals.record(message, Form.MESSAGE.headers)));
    }

    private boolean isRead(Arrival arrival) {
        try {
            Submission read = reader.read(arrival);
            if (read instanceof RawSubmission raw) {
                checkWire(raw);
            } else {
                checkWire((SendRequest) read, arrival);
            }
            assertThat(read.envelope().recipients()).isNotEmpty().allMatch(this::isOneLine);
            assertThat(read.envelope().reversePath()).matches(this::isOneLine);
            return true;
        } catch (InvalidRequest refused) {
            assertThat(refused.getMessage()).matches(this::isOneLine).hasSizeLessThan(10_000);
            return false;
        }
    }

    /** CR and LF in pairs only, no NUL, no line too long, and no Bcc. */
    private void checkWire(RawSubmission raw) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            for (Slice field : raw.fields()) {
                field.writeTo(header);
            }
            raw.body().writeTo(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        String fields = header.toString(ISO_8859_1);
        String wire = fields + "\r\n" + body.toString(ISO_8859_1);
        assertThat(fields).endsWith("\r\n").doesNotContain("\r\n\r\n").doesNotContainPattern("(?im)^(resent-)?bcc:");
        assertThat(wire.replace("\r\n", "")).doesNotContain("\r", "\n", "\0");
        assertThat(wire).endsWith("\r\n");
        assertThat(wire.lines()).allMatch(line -> line.length() <= 998);
        assertThat(body.toString(ISO_8859_1).chars().anyMatch(c -> c > 127)).isEqualTo(raw.eightBit());
    }

    /** A message of it can be sent, or is refused in words. */
    private void checkWire(SendRequest request, Arrival arrival) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            composer.compose(request, arrival).writeTo(out, new String[] {"Bcc"});
            String wire = out.toString(ISO_8859_1);
            assertThat(wire.replace("\r\n", "")).doesNotContain("\r", "\n", "\0");
            assertThat(wire.lines()).allMatch(line -> line.length() <= 998);
            assertThat(wire.substring(0, wire.indexOf("\r\n\r\n"))).doesNotContainPattern("(?im)^bcc:");
        } catch (Uncomposable refused) {
            assertThat(refused.getMessage()).matches(this::isOneLine);
        } catch (IOException | MessagingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private boolean isOneLine(String text) {
        return text.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0);
    }

    /** The messages of the corpus as they stand in their files: near enough to what comes in. */
    private static List<byte[]> corpus() {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/raw"))) {
            return files.sorted().map(RandomInputTest::message).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] message(Path file) {
        try {
            String text = Files.readString(file).split("(?m)^--- [a-z]+\n")[1];
            return text.replace("\n", "\r\n").replaceAll("⟦.*?⟧", "").getBytes(UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] request() {
        return """
            {"from": "Shop <shop@example.com>", "to": ["ada@example.org"], "subject": "s", "text": "t",
             "headers": {"X-A": "b"}, "metadata": {"a": "b"}}""".getBytes(UTF_8);
    }

    /** Every field there is. */
    private static List<byte[]> requests() {
        return Corpus.all().stream().map(CorpusRequest::octets).toList();
    }

    private static byte[] event() {
        String data = new String(request(), UTF_8);
        return ("{\"specversion\": \"1.0\", \"id\": \"17\", \"source\": \"/shop\", \"type\": \"t\", \"data\": " + data
                        + "}")
                .getBytes(UTF_8);
    }
}
