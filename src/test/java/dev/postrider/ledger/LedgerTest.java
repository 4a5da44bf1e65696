package dev.postrider.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.Patience;
import dev.postrider.ledger.Ledger.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Moved clock = new Moved();
    private final Held store = new Held();

    /** A store in memory, which loads when it is told to. */
    private static final class Held implements LedgerStore {

        private final List<Entry> stored = new ArrayList<>();
        private final AtomicReference<Reader> reader = new AtomicReference<>();
        private volatile boolean current = true;

        @Override
        public boolean isCurrent() {
            return current;
        }

        @Override
        public void open(Reader opened) {
            reader.set(opened);
        }

        @Override
        public void append(Entry entry) {
            stored.add(entry);
        }

        @Override
        public void close() {}

        void load() {
            stored.forEach(reader.get()::read);
            reader.get().loaded();
        }
    }

    private Legs ledger(LedgerConfig config) {
        Ledger ledger = new Ledger(config, store, clock);
        store.load();
        return new Legs(ledger);
    }

    @Test
    void whatIsSettledIsKnownWithItsContent() {
        Legs legs = ledger(Remembering.aDay());

        assertThat(legs.relay("order-17")).isEqualTo(Standing.NEW);

        assertThat(legs.ask("order-17", "order-17")).isEqualTo(Standing.SETTLED);
        assertThat(legs.ask("order-17", "another order")).isEqualTo(Standing.OTHER_CONTENT);
        assertThat(legs.ask("order-18", "order-17")).isEqualTo(Standing.NEW);
    }

    @Test
    void whatIsLeftMayBeginAgain() throws InterruptedException {
        Legs legs = ledger(Remembering.aDay());

        assertThat(legs.ledger().begin("order-17", new byte[1])).isEqualTo(Standing.NEW);
        legs.ledger().leave("order-17");

        assertThat(legs.ask("order-17", "changed")).isEqualTo(Standing.NEW);
        assertThat(store.stored).isEmpty();
    }

    @Test
    void whatIsOlderThanTheWindowIsForgotten() {
        Legs legs = ledger(Remembering.aDay());
        legs.relay("order-1");
        clock.on(Duration.ofHours(12));
        legs.relay("order-2");

        clock.on(Duration.ofHours(12));
        assertThat(legs.ask("order-1", "order-1")).isEqualTo(Standing.NEW);
        assertThat(legs.ask("order-2", "order-2")).isEqualTo(Standing.SETTLED);

        legs.relay("order-3"); // Makes room.
        assertThat(legs.ledger().ids()).isEqualTo(2);
    }

    @Test
    void ofMoreThanTheMaximumTheLatestAreKept() {
        Legs legs = ledger(Remembering.ids(1_000));

        Legs.numbered(0, 1_500).forEach(legs::relay);

        assertThat(legs.ledger().ids()).isEqualTo(1_000);
        assertThat(legs.known(Legs.numbered(0, 500))).isZero();
        assertThat(legs.known(Legs.numbered(500, 1_500))).isEqualTo(1_000);
    }

    @Test
    void whatComesBackFromTheStoreIsNotNotedTwice() {
        Legs legs = ledger(Remembering.aDay());
        Legs.numbered(0, 10).forEach(legs::relay);

        store.load();

        assertThat(legs.ledger().ids()).isEqualTo(10);
    }

    @Test
    void aSecondWaitsUntilTheFirstIsSettled() throws InterruptedException {
        Ledger ledger = ledger(Remembering.aDay()).ledger();
        ledger.begin("order-17", new byte[1]);

        CompletableFuture<Standing> second = beginElsewhere(ledger, "order-17");
        ledger.settled("order-17", new byte[1]);

        assertThat(second).succeedsWithin(Patience.ONE_MINUTE).isEqualTo(Standing.SETTLED);
    }

    @Test
    void aSecondGoesWhenTheFirstIsLeft() throws InterruptedException {
        Ledger ledger = ledger(Remembering.aDay()).ledger();
        ledger.begin("order-17", new byte[1]);

        CompletableFuture<Standing> second = beginElsewhere(ledger, "order-17");
        ledger.leave("order-17");

        assertThat(second).succeedsWithin(Patience.ONE_MINUTE).isEqualTo(Standing.NEW);
    }

    @Test
    void ofThoseWhoWantTheSameOneWaitsForAMomentAndNobodyElse() throws InterruptedException {
        Ledger ledger = ledger(Remembering.aDay()).ledger();
        ledger.begin("order-17", new byte[1]);
        CompletableFuture<Standing> second = beginElsewhere(ledger, "order-17");

        assertThat(ledger.begin("order-17", new byte[1])).isEqualTo(Standing.UNDER_WAY);
        assertThat(second).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(Standing.UNDER_WAY);

        ledger.settled("order-17", new byte[1]);
        assertThat(ledger.begin("order-17", new byte[1])).isEqualTo(Standing.SETTLED);
    }

    @Test
    void nothingBeginsWhileItIsNotKnownWhatOthersHaveNoted() throws InterruptedException {
        Ledger ledger = ledger(Remembering.aDay()).ledger();
        store.current = false;
        CompletableFuture<Standing> begun = beginElsewhere(ledger, "order-17");
        store.stored.add(new Entry(LegKey.of("order-17"), Note.of(0, clock.instant())));
        store.load();

        store.current = true;

        assertThat(begun).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(Standing.OTHER_CONTENT);
    }

    @Test
    void nothingBeginsBeforeTheLedgerIsLoaded() throws InterruptedException {
        new Legs(ledger(Remembering.aDay()).ledger()).relay("order-17");

        Ledger restarted = new Ledger(Remembering.aDay(), store, clock);
        CompletableFuture<Standing> begun = beginElsewhere(restarted, "order-17");
        store.load();

        assertThat(begun).succeedsWithin(Patience.ONE_MINUTE).isEqualTo(Standing.OTHER_CONTENT);
    }

    @Test
    void whoeverWaitsWhenWeShutDownIsSentHome() throws InterruptedException {
        Ledger ledger = ledger(Remembering.aDay()).ledger();
        ledger.begin("order-17", new byte[1]);
        CompletableFuture<Standing> second = beginElsewhere(ledger, "order-17");

        ledger.stopping(null);

        assertThat(second).failsWithin(Patience.ONE_MINUTE).withThrowableThat().withCauseInstanceOf(LedgerClosed.class);
        ledger.settled("order-17", new byte[1]); // The first still ends well.
        assertThat(store.stored).hasSize(1);
    }

    @Test
    void switchedOffItKnowsNothingAndStoresNothing() {
        Legs legs = ledger(Remembering.off());

        assertThat(legs.relay("order-17")).isEqualTo(Standing.NEW);
        assertThat(legs.relay("order-17")).isEqualTo(Standing.NEW);
        assertThat(store.stored).isEmpty();
    }

    @Test
    void settingsThatMakeNoSenseAreNamed() {
        assertThatThrownBy(() -> ledger(Remembering.ids(0))).hasMessageStartingWith("postrider.ledger.max-ids: ");
        assertThatThrownBy(() -> ledger(new Remembering(Duration.ofHours(-1), 1)))
                .hasMessageStartingWith("postrider.ledger.window: ");
    }

    /** Begins a leg in another thread; returns when that thread waits. */
    private static CompletableFuture<Standing> beginElsewhere(Ledger ledger, String leg) {
        CompletableFuture<Standing> result = new CompletableFuture<>();
        Thread other = new Thread(() -> {
            try {
                result.complete(ledger.begin(leg, new byte[1]));
            } catch (InterruptedException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        other.setDaemon(true);
        other.start();
        await().until(() -> other.getState() == Thread.State.TIMED_WAITING);
        return result;
    }
}
