package dev.postrider.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A count that cannot be wrong proves nothing. */
class BooksTest {

    private final Books books = new Books(Set.of("deferred"));

    @Test
    void whatIsRelayedOnceOrParkedIsInOrder() {
        in("ok-1", "gone-1", "busy-1", "busy-2", "poison-1");
        found("ok-1", "relayed");
        found("gone-1", "failed");
        found("busy-1", "waiting");
        found("busy-2", "expired");
        found("poison-1", "invalid-request");

        Count count = books.count();

        assertThat(count).isEqualTo(new Count(5, 1, 1, 3, 0, List.of(), List.of(), List.of(), List.of(), List.of()));
        assertThat(count.complete()).isTrue();
    }

    @Test
    void whatIsFoundNowhereIsLost() {
        in("ok-1", "ok-2");
        found("ok-1", "relayed");

        assertThat(books.count().lost()).containsExactly("ok-2@chaos.example");
        assertThat(books.count().complete()).isFalse();
    }

    @Test
    void eachMessageTooManyIsADuplicate() {
        in("ok-1");
        found("ok-1", "relayed");
        found("ok-1", "relayed");
        found("ok-1", "relayed");

        assertThat(books.count().duplicated()).containsExactly("ok-1@chaos.example", "ok-1@chaos.example");
        assertThat(books.count().relayed()).isEqualTo(1);
    }

    @Test
    void twoDeadLettersAreOneTooMany() {
        in("gone-1");
        found("gone-1", "failed");
        found("gone-1", "failed");

        assertThat(books.count().parkedTwice()).containsExactly("gone-1@chaos.example");
    }

    @Test
    void aSecondCopyHasToBeSuppressed() {
        in("ok-1", "ok-1");
        found("ok-1", "relayed");

        assertThat(books.count().lost()).hasSize(1);

        found("ok-1", "suppressed");
        assertThat(books.count().lost()).isEmpty();
        assertThat(books.count().suppressed()).isEqualTo(1);
    }

    @Test
    void whatACrashRepeatsAndTheLedgerSuppressesIsNotCounted() {
        in("ok-1");
        found("ok-1", "relayed");
        found("ok-1", "suppressed");

        assertThat(books.count().suppressed()).isZero();
        assertThat(books.count().duplicated()).isEmpty();
    }

    @Test
    void suppressedAloneIsLost() {
        in("ok-1");
        found("ok-1", "suppressed");

        assertThat(books.count().lost()).hasSize(1);
    }

    @Test
    void whatWasRefusedMustNotBeRelayedAndWhatIsGoodMustNotBeRefused() {
        in("gone-1", "ok-1", "ok-2");
        found("gone-1", "relayed");
        found("ok-1", "failed");
        found("ok-2", "deferred"); // Excused.

        assertThat(books.count().misplaced())
                .containsExactly("gone-1@chaos.example: relayed", "ok-1@chaos.example: failed");
    }

    @Test
    void whatIsRelayedHasToBeTold() {
        in("ok-1");
        books.found("ok-1@chaos.example", "relayed");

        assertThat(books.count().untold()).containsExactly("ok-1@chaos.example");
    }

    @Test
    void whatNobodySentIsMisplaced() {
        found("ok-1", "relayed");

        assertThat(books.count().misplaced()).containsExactly("ok-1@chaos.example: nobody sent it");
    }

    @Test
    void aSeedGivesTheSameRequestsAgain() {
        assertThat(Mix.usual("x", new Random(7)).requests(100))
                .isEqualTo(Mix.usual("x", new Random(7)).requests(100));
    }

    private void in(String... names) {
        for (String name : names) {
            books.in(Request.first(name, "", List.of(name + "@chaos.example")));
        }
    }

    private void found(String name, String end) {
        if (end.equals("relayed")) {
            books.told(name + "@chaos.example");
        }
        books.found(name + "@chaos.example", end);
    }
}
