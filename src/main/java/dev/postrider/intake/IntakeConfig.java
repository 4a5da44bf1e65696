package dev.postrider.intake;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** How much is let in: {@code postrider.intake.*}. */
public interface IntakeConfig {

    /**
     * Requests in flight at once. Those that are read, or relayed and not stored yet, need no session: several times
     * {@code postrider.smtp.pool.size} keep the sessions busy.
     */
    @WithDefault("32")
    int inFlight();

    /** How large they may be together, since each is in memory as a whole; the one that goes beyond it is the last. */
    @WithDefault("64M")
    MemorySize inFlightBytes();

    /**
     * Whose threads they run on: {@code virtual} ones cost less when there are many, {@code platform} are the system's.
     * {@code auto} takes virtual ones from Java 24 on, where they no longer get stuck in each other's way.
     */
    @WithDefault("auto")
    Threads threads();
}
