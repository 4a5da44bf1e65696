package dev.postrider.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FatalErrorsTest {

    private final List<Integer> exits = new ArrayList<>();

    @BeforeEach
    void goOn() {
        FatalErrors.exitBy(exits::add);
    }

    @AfterEach
    void end() {
        FatalErrors.exitBy(Runtime.getRuntime()::halt);
    }

    static Stream<Throwable> fatal() {
        return Stream.of(
                new OutOfMemoryError("Java heap space"),
                new InternalError("a fault in an unsafe access"),
                new IllegalStateException("wrapped twice", new RuntimeException(new OutOfMemoryError())),
                new ExceptionInInitializerError(new OutOfMemoryError()));
    }

    @ParameterizedTest
    @MethodSource("fatal")
    void outOfMemoryEndsTheProcessWhereverItIsFound(Throwable thrown) {
        FatalErrors.check(thrown);

        assertThat(exits).containsExactly(FatalErrors.EXIT_CODE);
    }

    static Stream<Throwable> harmless() {
        Exception circle = new Exception("one");
        circle.initCause(new Exception("other", circle));
        return Stream.of(
                new StackOverflowError(), new NoClassDefFoundError(), new AssertionError(), new Exception(), circle);
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void anythingElseDoesNot(Throwable thrown) {
        FatalErrors.check(thrown);
        FatalErrors.check(null);

        assertThat(exits).isEmpty();
    }

    @Test
    void aPeriodicTaskSurvivesAnError() {
        int[] runs = new int[1];
        Runnable task = Worker.surviving(() -> {
            runs[0]++;
            throw new AssertionError("not expected");
        });

        task.run();
        task.run();

        assertThat(runs[0]).isEqualTo(2);
        assertThat(exits).isEmpty();
    }

    @Test
    void aWorkerThatEndsWithAnErrorIsNamed() throws Exception {
        Thread worker = Worker.thread("fails-in-a-test", () -> {
            throw new AssertionError("not expected");
        });
        Thread good = Worker.thread("ends-in-a-test", () -> {});
        worker.start();
        good.start();
        worker.join();
        good.join();

        assertThat(Worker.failed()).contains("fails-in-a-test").doesNotContain("ends-in-a-test");
    }
}
