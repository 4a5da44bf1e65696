package dev.postrider.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.postrider.ledger.Ledger.Standing;
import dev.postrider.message.ComposedMessage;
import dev.postrider.message.MessageComposer;
import dev.postrider.message.Uncomposable;
import dev.postrider.smtp.Answered;
import dev.postrider.smtp.RecipientReport;
import dev.postrider.smtp.Reply;
import dev.postrider.smtp.Stage;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.AttachmentsRoot;
import dev.postrider.submission.Expired;
import dev.postrider.submission.History;
import dev.postrider.submission.InvalidRequest;
import dev.postrider.submission.Origin;
import dev.postrider.submission.RequestLimits;
import dev.postrider.submission.SendRequest;
import dev.postrider.submission.SubmissionReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is not to be sent after its {@code expiresAt} is given up as soon as that is sure, and only who is left. */
class SettlementsTest {

    private static final RecipientReport RELAYED =
            new RecipientReport("a@example.org", Stage.FINAL_DOT, new Reply(250, Optional.of("2.0.0"), "queued"));
    private static final RecipientReport BUSY =
            new RecipientReport("b@example.org", Stage.RCPT, new Reply(451, Optional.of("4.2.1"), "busy"));
    private static final RecipientReport NOBODY =
            new RecipientReport("c@example.org", Stage.RCPT, new Reply(550, Optional.of("5.1.1"), "no such user"));

    private static final Duration DELAY = Duration.ofHours(1);

    private final Instant now = Instant.now();
    private final RetryConfig config = new RetryConfig() {
        @Override
        public List<Duration> delays() {
            return List.of(DELAY);
        }

        @Override
        public Duration maxAge() {
            return Duration.ofDays(1);
        }

        @Override
        public Unknown unknown() {
            return Unknown.RETRY;
        }
    };
    private final Settlements settlements = new Settlements(
            new Schedule(config, Clock.systemUTC(), () -> 0),
            config,
            new Dispositions(new SimpleMeterRegistry(), () -> true),
            Clock.systemUTC());

    @Test
    void aClockThatDiffersFromTheSystemsByDaysMakesNothingTooOld() throws Exception {
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofDays(4));
        Settlements steady = new Settlements(
                new Schedule(config, ahead, () -> 0),
                config,
                new Dispositions(new SimpleMeterRegistry(), () -> true),
                ahead);
        SendRequest request = Times.expiresAt(now.plus(Duration.ofDays(9)));
        Arrival arrival = arrival(History.none());
        ComposedMessage message =
                new MessageComposer(ahead, Optional.empty(), Optional.empty()).compose(request, arrival);
        Answered.with(message, BUSY);

        Settlement settlement = steady.of(arrival, request, Standing.NEW, message, null);

        assertThat(settlement.deadLetter()).isEmpty();
        assertThat(settlement.deferral()).isPresent();
    }

    @Test
    void whoWouldBeTriedAgainTooLateIsGivenUpNowWithTheRelaysLastWord() throws Exception {
        Instant expiresAt = now.plus(DELAY).minusSeconds(60);

        Settlement settlement = answered(expiresAt, RELAYED, BUSY);

        assertThat(settlement.deferral()).isEmpty();
        assertThat(settlement.deadLetter()).hasValueSatisfying(letter -> {
            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.EXPIRED);
            assertThat(letter.detail())
                    .isEqualTo("1 of 2 recipients not relayed: 451 4.2.1 busy to RCPT; the next attempt would be after"
                            + " expiresAt " + expiresAt);
            assertThat(letter.history().recipients()).containsExactly("b@example.org");
            assertThat(letter.history().attempts()).hasSize(1);
            assertThat(letter.recipients()).containsExactly(BUSY);
        });
    }

    @Test
    void whoIsRefusedBesideThemIsInTheSameDeadLetter() throws Exception {
        Settlement settlement = answered(now.plusSeconds(60), RELAYED, NOBODY, BUSY);

        assertThat(settlement.deferral()).isEmpty();
        assertThat(settlement.deadLetter()).hasValueSatisfying(letter -> {
            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.REFUSED);
            assertThat(letter.recipients()).containsExactly(NOBODY, BUSY);
        });
    }

    @Test
    void whoseNextAttemptIsInTimeIsDeferred() throws Exception {
        Settlement settlement = answered(now.plus(DELAY).plusSeconds(60), RELAYED, BUSY);

        assertThat(settlement.deadLetter()).isEmpty();
        assertThat(settlement.deferral())
                .hasValueSatisfying(
                        deferral -> assertThat(deferral.history().recipients()).containsExactly("b@example.org"));
    }

    @Test
    void anAttemptThatSettledSomebodyDoesNotCountForThoseWhoWereNotTried() throws Exception {
        RecipientReport leftOver =
                new RecipientReport("d@example.org", Stage.RCPT, new Reply(452, Optional.of("4.5.3"), "too many"));
        Instant later = now.plus(Duration.ofDays(1));

        assertThat(answered(later, RELAYED, leftOver).deferral())
                .hasValueSatisfying(deferral ->
                        assertThat(deferral.history().countingAttempts()).isZero());
        assertThat(answered(later, NOBODY, leftOver).deferral())
                .hasValueSatisfying(deferral ->
                        assertThat(deferral.history().countingAttempts()).isZero());
        assertThat(answered(later, leftOver).deferral())
                .hasValueSatisfying(deferral ->
                        assertThat(deferral.history().countingAttempts()).isEqualTo(1));
        assertThat(answered(later, RELAYED, BUSY).deferral())
                .hasValueSatisfying(deferral ->
                        assertThat(deferral.history().countingAttempts()).isEqualTo(1));
    }

    @Test
    void whatIsUnderWayElsewhereComesInAgainAsItIs() {
        History history = new History(1, List.of("b@example.org"), List.of(new History.Attempt(now, "451 4.2.1 busy")));

        Settlement settlement =
                settlements.of(arrival(history), Times.expiresAt(now.plusSeconds(600)), Standing.UNDER_WAY, null, null);

        assertThat(settlement.deadLetter()).isEmpty();
        assertThat(settlement.deferral()).hasValueSatisfying(deferral -> {
            assertThat(deferral.history()).isEqualTo(history);
            assertThat(deferral.next().delay()).isEqualTo(Duration.ofMinutes(1));
            assertThat(Hops.lengths()).contains(deferral.next().delay());
        });
        assertThat(settlement.isPutOff()).isTrue();
    }

    @Test
    void whoIsTooLateBeforeATransactionIsADeadLetterThatNoRedriveSaves() {
        SendRequest request = Times.expiresAt(now.minusSeconds(1));
        History history = new History(0, List.of("b@example.org"), List.of(new History.Attempt(now, "451 4.2.1 busy")));
        Expired expired =
                catchThrowableOfType(Expired.class, () -> request.window().requireNotOver(Instant.now()));

        Settlement settlement = settlements.of(arrival(history), request, Standing.NEW, null, expired);

        assertThat(settlement.deferral()).isEmpty();
        assertThat(settlement.deadLetter()).hasValueSatisfying(letter -> {
            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.EXPIRED);
            assertThat(letter.detail()).isEqualTo("expiresAt " + now.minusSeconds(1) + " has passed");
            assertThat(letter.retryable()).isFalse();
            assertThat(letter.history()).isEqualTo(history);
        });
    }

    @Test
    void aRequestThatIsRefusedKeepsItsIdAndItsMetadata() {
        byte[] request = "{'id': 'order-17', 'metadata': {'tenant': 'north'}}"
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
        Arrival arrival = new Arrival(arrival(History.none()).origin(), request, () -> {});
        InvalidRequest refused = catchThrowableOfType(
                InvalidRequest.class,
                () -> new SubmissionReader(RequestLimits.defaults(), AttachmentsRoot.none()).read(arrival));

        Settlement settlement = settlements.of(arrival, null, null, null, refused);

        assertThat(settlement.deadLetter()).hasValueSatisfying(letter -> {
            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.INVALID_REQUEST);
            assertThat(letter.id()).hasValue("order-17");
            assertThat(letter.metadata()).containsExactly(entry("tenant", "north"));
        });
    }

    @Test
    void whatCannotBeDecidedIsADeadLetterForThoseWhoAreLeftAndNothingIsDecidedAnew() throws Exception {
        SendRequest request = Times.expiresAt(now.plusSeconds(3600));
        Arrival arrival = arrival(new History(2, List.of(), List.of()));
        ComposedMessage message =
                new MessageComposer(Clock.systemUTC(), Optional.empty(), Optional.empty()).compose(request, arrival);
        Answered.with(message, RELAYED, BUSY);
        Clock broken = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                throw new ArithmeticException("long overflow");
            }
        };
        Settlements failing = new Settlements(
                new Schedule(config, broken, () -> 0),
                config,
                new Dispositions(new SimpleMeterRegistry(), () -> true),
                Clock.systemUTC());

        Settlement settlement = failing.of(arrival, request, Standing.NEW, message, null);

        assertThat(settlement.deferral()).isEmpty();
        assertThat(settlement.deadLetter()).hasValueSatisfying(letter -> {
            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.INTERNAL_ERROR);
            assertThat(letter.detail()).startsWith("java.lang.ArithmeticException: long overflow at ");
            assertThat(letter.recipients()).containsExactly(BUSY);
            assertThat(letter.history()).isEqualTo(new History(2, List.of("b@example.org"), List.of()));
        });
    }

    private Settlement answered(Instant expiresAt, RecipientReport... reports) throws Uncomposable {
        SendRequest request = Times.expiresAt(expiresAt);
        Arrival arrival = arrival(History.none());
        ComposedMessage message =
                new MessageComposer(Clock.systemUTC(), Optional.empty(), Optional.empty()).compose(request, arrival);
        Answered.with(message, reports);
        return settlements.of(arrival, request, Standing.NEW, message, null);
    }

    private static Arrival arrival(History history) {
        Origin origin = new Origin.InboxFile(Path.of("order.json"), "order.json");
        return new Arrival(origin, new byte[0], history, Optional.empty(), () -> {});
    }
}
