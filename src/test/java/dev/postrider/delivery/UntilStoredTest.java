package dev.postrider.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postrider.fixture.Patience;
import dev.postrider.intake.StoreHealth;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UntilStoredTest {

    private final CamelContext camel = new DefaultCamelContext();
    private final StoreHealth stores = new StoreHealth();
    private final UntilStored untilStored = new UntilStored(camel, stores);
    private final AtomicInteger attempts = new AtomicInteger();

    @BeforeEach
    void start() {
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void whatWorksAtOnceIsToldByWhoeverHasStoredIt() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> stored = untilStored.begin("store it", () -> first);

        assertThat(stored).isNotDone();
        first.complete(null);
        assertThat(stored).isCompleted();
    }

    @Test
    void whatFailsIsTriedUntilItWorks() throws Exception {
        CompletableFuture<Void> stored = untilStored.begin("store it", this::workTheThirdTime);

        stored.get(Patience.ONE_MINUTE.toSeconds(), TimeUnit.SECONDS);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void whatCannotBeStoredIsKnownUntilItIs() throws Exception {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> stored = untilStored.begin(
                "store it",
                () -> attempts.incrementAndGet() == 1
                        ? CompletableFuture.failedFuture(new IOException("no disk"))
                        : first);
        await().until(() -> attempts.get() == 2);
        assertThat(stores.isWell()).isFalse();
        assertThat(stores.trouble()).contains("cannot store it: no disk");

        first.complete(null);

        stored.get(30, TimeUnit.SECONDS);
        assertThat(stores.isWell()).isTrue();
    }

    @Test
    void whatFailsForNowIsTriedAtOnceWhenSomethingElseCouldBeStored() {
        CountDownLatch works = new CountDownLatch(1);
        List<CompletableFuture<Void>> stored = IntStream.range(0, 32)
                .mapToObj(n -> untilStored.begin(
                        "store " + n,
                        () -> works.getCount() > 0
                                ? CompletableFuture.failedFuture(new IOException("no disk"))
                                : CompletableFuture.completedFuture(null)))
                .toList();
        await().until(() -> stores.trouble().orElse("").contains("and 31 more"));

        works.countDown();

        assertThat(CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Duration.ofSeconds(30));
        assertThat(stores.isWell()).isTrue();
    }

    @Test
    void whatDoesNotWorkUntilWeStopIsLeftAtItsSource() {
        CompletableFuture<Void> stored =
                untilStored.begin("store it", () -> CompletableFuture.failedFuture(new IOException("no disk")));
        assertThat(stored).isNotDone();

        camel.stop();

        assertThatThrownBy(() -> stored.get(Patience.ONE_MINUTE.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(LeftAtSource.class);
    }

    private CompletableFuture<Void> workTheThirdTime() {
        return attempts.incrementAndGet() < 3
                ? CompletableFuture.failedFuture(new IOException("no broker"))
                : CompletableFuture.completedFuture(null);
    }
}
