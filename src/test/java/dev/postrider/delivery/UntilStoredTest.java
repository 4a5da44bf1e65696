package dev.postrider.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UntilStoredTest {

    private final CamelContext camel = new DefaultCamelContext();
    private final UntilStored untilStored = new UntilStored(camel);
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

        stored.get(30, TimeUnit.SECONDS);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void whatDoesNotWorkUntilWeStopIsLeftAtItsSource() {
        CompletableFuture<Void> stored =
                untilStored.begin("store it", () -> CompletableFuture.failedFuture(new IOException("no disk")));
        assertThat(stored).isNotDone();

        camel.stop();

        assertThatThrownBy(() -> stored.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(LeftAtSource.class);
    }

    private CompletableFuture<Void> workTheThirdTime() {
        return attempts.incrementAndGet() < 3
                ? CompletableFuture.failedFuture(new IOException("no broker"))
                : CompletableFuture.completedFuture(null);
    }
}
