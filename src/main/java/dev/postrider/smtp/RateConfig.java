package dev.postrider.smtp;

import io.smallrye.config.WithDefault;
import java.util.OptionalDouble;

/** How fast messages may leave: {@code postrider.rate.*}. Of this instance; several together send as many times more. */
public interface RateConfig {

    /** Messages a second at most, 0.5 for one in two seconds. Requests wait for their turn, and nothing else happens to them. */
    OptionalDouble messagesPerSecond();

    /** How many may go at once after a pause. With 1, messages leave evenly spaced. */
    @WithDefault("1")
    int burst();
}
