package dev.postrider.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postrider.fixture.ReceivedMessage;
import dev.postrider.fixture.ScriptedRelay;
import dev.postrider.message.RawComposer;
import dev.postrider.message.RawMessage;
import dev.postrider.submission.AttachmentsRoot;
import dev.postrider.submission.InvalidRequest;
import dev.postrider.submission.RawSubmission;
import dev.postrider.submission.RequestLimits;
import dev.postrider.submission.SubmissionReader;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Raw messages as the world writes them, and what arrives at the relay, octet by octet. */
class RawCorpusTest {

    private static final SubmissionReader READER =
            new SubmissionReader(RequestLimits.defaults(), AttachmentsRoot.none());
    private static final RawComposer COMPOSER =
            new RawComposer(Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC));

    private static ScriptedRelay relay;
    private static Engine engine;

    @BeforeAll
    static void start() {
        relay = ScriptedRelay.plain().start();
        engine = Engine.open(SmtpSettings.plain(relay));
    }

    @AfterAll
    static void stop() {
        engine.close();
        relay.close();
    }

    static Stream<RawCase> relayed() {
        return RawCase.all().filter(raw -> !raw.isRefused());
    }

    static Stream<RawCase> refused() {
        return RawCase.all().filter(RawCase::isRefused);
    }

    @ParameterizedTest
    @MethodSource("relayed")
    void whatIsRelayedArrivesAsItShould(RawCase raw) throws Exception {
        RawMessage message = message(raw);
        int before = relay.messages().size();

        TransactionReport report = engine.send(message);

        assertThat(report.complete()).isTrue();
        ReceivedMessage arrived = relay.messages().get(before);
        assertThat(new String(arrived.bytes(), ISO_8859_1))
                .isEqualTo(new String(raw.wire(message.messageId()), ISO_8859_1));
        assertThat(Stream.concat(Stream.of(arrived.reversePath()), arrived.recipients().stream()))
                .containsExactlyElementsOf(raw.envelope());
    }

    @ParameterizedTest
    @MethodSource("relayed")
    void aReaderOfMimeFindsInItWhatHasComeIn(RawCase raw) throws Exception {
        RawMessage message = message(raw);

        MimeReading in = MimeReading.of(raw.message());
        MimeReading out = MimeReading.of(raw.wire(message.messageId()));

        assertThat(out.fields()).containsSubsequence(in.fields());
        assertThat(out.parts()).isEqualTo(in.parts());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNotRelayedIsRefusedWithTheReason(RawCase raw) {
        InvalidRequest refusal = catchThrowableOfType(InvalidRequest.class, () -> READER.read(raw.arrival()));

        assertThat(refusal.getMessage()).contains(": " + raw.expected().strip()).hasSizeLessThan(1_000);
    }

    @Test
    void theCorpusIsLargeEnoughToMeanSomething() {
        assertThat(relayed()).hasSizeGreaterThan(40);
        assertThat(refused()).hasSizeGreaterThan(30);
        assertThat(RawCase.all().map(RawCase::why)).doesNotHaveDuplicates();
    }

    @Test
    void whatHasEightBitsSaysSoAndNothingElseDoes() throws Exception {
        List<String> eightBit = relayed()
                .filter(raw -> message(raw).eightBit())
                .map(RawCase::name)
                .toList();

        assertThat(eightBit).hasSize(3).allMatch(name -> name.contains("eight-bit"));
    }

    private static RawMessage message(RawCase raw) {
        try {
            return COMPOSER.compose((RawSubmission) READER.read(raw.arrival()), raw.arrival());
        } catch (Exception e) {
            throw new AssertionError(raw.name(), e);
        }
    }
}
