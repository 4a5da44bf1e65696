package dev.postrider.delivery;

import dev.postrider.intake.StoreHealth;
import dev.postrider.process.FatalErrors;
import dev.postrider.submission.Excerpt;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.jboss.logging.Logger;

/**
 * Tries until it works. For what has to be stored before a request may be acknowledged: giving up would lose it, so the
 * request waits, and with it the room it takes.
 */
@Singleton
class UntilStored {

    private static final Logger LOG = Logger.getLogger(UntilStored.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final CamelContext camel;
    private final StoreHealth stores;

    UntilStored(CamelContext camel, StoreHealth stores) {
        this.camel = camel;
        this.stores = stores;
    }

    /** An attempt. */
    interface Attempt {
        void run() throws Exception;
    }

    /**
     * @param what is to be done, for the log
     * @throws LeftAtSource when we shut down before it worked
     */
    void store(String what, Attempt attempt) {
        Optional<Exception> failure = failureOf(what, attempt);
        if (failure.isPresent()) {
            goOn(what, attempt, failure.get());
        }
    }

    /**
     * As {@link #store}, and tells when it is done instead of waiting. What works at once is told by the thread that has stored
     * it; what does not is tried again by a thread of its own.
     *
     * @param attempt begins an attempt, and tells when it has worked
     */
    @SuppressWarnings("FutureReturnValueIgnored") // What it returns is told by another.
    CompletableFuture<Void> begin(String what, Supplier<CompletableFuture<Void>> attempt) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        attempt.get().whenComplete((nothing, failed) -> {
            if (failed == null) {
                stored.complete(null);
            } else {
                tryAgain(what, attempt, failed, stored);
            }
        });
        return stored;
    }

    private void tryAgain(
            String what, Supplier<CompletableFuture<Void>> attempt, Throwable failed, CompletableFuture<Void> stored) {
        try {
            FatalErrors.check(failed);
            new Thread(() -> goOn(what, attempt, cause(failed), stored), "until-stored").start();
        } catch (Error e) {
            FatalErrors.check(e); // No room for a further thread: whoever waits for this would wait for ever.
            stored.completeExceptionally(e);
        }
    }

    private void goOn(
            String what, Supplier<CompletableFuture<Void>> attempt, Exception failure, CompletableFuture<Void> stored) {
        try {
            goOn(what, () -> await(attempt.get()), failure);
            stored.complete(null);
        } catch (RuntimeException | Error e) {
            FatalErrors.check(e);
            stored.completeExceptionally(e);
        }
    }

    private void goOn(String what, Attempt attempt, Exception failure) {
        LOG.errorf("cannot %s, trying until it works: %s", what, reason(failure));
        Object failing = new Object();
        try {
            Duration pause = FIRST_PAUSE;
            for (Optional<Exception> last = Optional.of(failure); last.isPresent(); last = failureOf(what, attempt)) {
                stores.failing(failing, "cannot " + what + ": " + reason(last.get()));
                pause(what, pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } finally {
            stores.recovered(failing);
        }
        LOG.infof("could %s at last", what);
    }

    private static String reason(Exception failure) {
        return Excerpt.printable(failure.getMessage() == null ? failure.toString() : failure.getMessage());
    }

    private static Optional<Exception> failureOf(String what, Attempt attempt) {
        try {
            attempt.run();
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LeftAtSource(what);
        } catch (Exception e) {
            return Optional.of(e);
        }
    }

    /** Waits for it; what went wrong stays in it. */
    static <T> CompletableFuture<T> awaited(CompletableFuture<T> stored) {
        try {
            stored.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LeftAtSource("wait for what was to be stored");
        } catch (ExecutionException e) {
            LOG.debugf("left to whoever waits for it: %s", e.getMessage());
        }
        return stored;
    }

    static void await(Future<Void> stored) throws Exception {
        try {
            stored.get();
        } catch (ExecutionException e) {
            throw cause(e);
        }
    }

    /** What went wrong, without what a future puts around it. */
    private static Exception cause(Throwable failed) {
        return failed.getCause() instanceof Exception cause
                ? cause
                : failed instanceof Exception itself ? itself : new ExecutionException(failed);
    }

    private void pause(String what, Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        long recoveries = stores.recoveries();
        // When something else could be stored that could not be either, this is worth a try at once.
        while (System.nanoTime() < end && stores.recoveries() == recoveries) {
            if (camel.isStopping() || camel.isStopped()) {
                throw new LeftAtSource(what);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LeftAtSource(what);
            }
        }
    }
}
