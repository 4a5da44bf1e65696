package dev.postrider.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private final InFlight inFlight = new InFlight(3, 1_000);

    @Test
    void thereIsRoomForSoMany() {
        assertThat(inFlight.takeIfRoom(1)).isTrue();
        assertThat(inFlight.takeIfRoom(1)).isTrue();
        assertThat(inFlight.takeIfRoom(1)).isTrue();
        assertThat(inFlight.takeIfRoom(1)).isFalse();

        inFlight.release(1);

        assertThat(inFlight.takeIfRoom(1)).isTrue();
    }

    @Test
    void thereIsNoRoomWhileSomethingCannotBeStored() throws Exception {
        StoreHealth stores = new StoreHealth();
        InFlight careful = new InFlight(3, 1_000, stores);
        stores.failing("outcome", "no space left");
        stores.failing("dead letter", "no space left either");

        assertThat(careful.takeIfRoom(1)).isFalse();
        assertThat(stores.trouble()).contains("no space left (and 1 more)");

        stores.recovered("outcome");
        assertThat(careful.takeIfRoom(1)).isFalse();
        stores.recovered("dead letter");
        assertThat(careful.takeIfRoom(1)).isTrue();
        assertThat(stores.trouble()).isEmpty();
    }

    @Test
    void theOneThatGoesBeyondTheBytesIsTheLast() {
        assertThat(inFlight.takeIfRoom(999)).isTrue();
        assertThat(inFlight.takeIfRoom(5_000)).isTrue();
        assertThat(inFlight.takeIfRoom(1)).isFalse();

        inFlight.release(5_000);

        assertThat(inFlight.takeIfRoom(1)).isTrue();
    }

    @Test
    void whatIsLargerThanAllTheRoomComesInAlone() {
        assertThat(inFlight.takeIfRoom(5_000)).isTrue();
        assertThat(inFlight.takeIfRoom(1)).isFalse();
    }

    @Test
    void whoeverWaitsForMuchRoomTakesLittleWhenNoMoreComes() throws Exception {
        InFlight large = new InFlight(8, 1_000);
        IntStream.range(0, 7).forEach(n -> large.take(1));

        large.awaitMuchRoom(Duration.ofSeconds(60), Duration.ofMillis(1));

        assertThat(large.hasRoom()).isTrue();
    }
}
