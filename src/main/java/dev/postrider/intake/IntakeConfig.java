package dev.postrider.intake;

import io.smallrye.config.WithDefault;

/** How much is let in: {@code postrider.intake.*}. */
public interface IntakeConfig {

    /**
     * Requests in flight at once, each in memory as a whole. A few more than {@code
     * postrider.smtp.pool.size} keep the sessions busy.
     */
    @WithDefault("16")
    int inFlight();
}
