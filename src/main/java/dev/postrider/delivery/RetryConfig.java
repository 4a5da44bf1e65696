package dev.postrider.delivery;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** When what was put off is tried again: {@code postrider.retry.*}. */
public interface RetryConfig {

    /**
     * The wait after the first attempt, after the second, and so on; after the last one it is given up. On Kafka each has
     * a topic of its own. What waits under a delay that is no longer listed goes on waiting, and is tried when it is due.
     */
    @WithDefault("1m,5m,30m,2h,6h,12h,24h")
    List<Duration> delays();

    /** Given up when the next attempt would be later than this after the first one. A stopped line does not count. */
    @WithDefault("3d")
    Duration maxAge();

    /** What to do when the connection broke after the end of the message, so that nobody knows whether the relay has it. */
    @WithDefault("retry")
    Unknown unknown();

    /** {@code postrider.retry.unknown} */
    enum Unknown {
        /** Try again, with the same Message-ID: perhaps twice, surely once. */
        RETRY,
        /** Dead-letter it: perhaps never, surely not twice. */
        PARK;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
