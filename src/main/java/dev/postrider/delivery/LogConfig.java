package dev.postrider.delivery;

import io.smallrye.config.WithDefault;

/** What the log tells: {@code postrider.log.*}. */
public interface LogConfig {

    /**
     * Whether log lines name recipients, three of a request at most, so that a person can be found there. {@code false}: only how
     * many.
     */
    @WithDefault("true")
    boolean recipients();
}
