package dev.postrider.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispositionsTest {

    private final Dispositions naming = new Dispositions(new SimpleMeterRegistry(), () -> true);
    private final Dispositions counting = new Dispositions(new SimpleMeterRegistry(), () -> false);

    @Test
    void upToThreeRecipientsAreNamed() {
        assertThat(naming.recipients(List.of("a@x.example"))).isEqualTo("a@x.example");
        assertThat(naming.recipients(List.of("a@x.example", "b@x.example", "c@x.example")))
                .isEqualTo("a@x.example, b@x.example, c@x.example");
        assertThat(naming.recipients(
                        List.of("a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example")))
                .isEqualTo("a@x.example, b@x.example, c@x.example and 2 more");
    }

    @Test
    void theSettingHidesThem() {
        assertThat(counting.recipients(List.of("a@x.example"))).isEqualTo("1 recipient");
        assertThat(counting.recipients(List.of("a@x.example", "b@x.example"))).isEqualTo("2 recipients");
    }

    @Test
    void anAddressCannotForgeALine() {
        assertThat(naming.recipients(List.of("a\u2028\u202eb@x.example"))).isEqualTo("a\\u2028\\u202eb@x.example");
    }
}
