package dev.postrider.outcome;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** {@code outcomes.jsonl} in the watched folder, which is written when there is no Kafka: {@code postrider.outcomes.*}. */
public interface OutcomesConfig {

    /** When the file would grow beyond this size, a new one is begun. */
    @WithDefault("10M")
    MemorySize maxFileSize();

    /** So many older files are kept; the oldest one is deleted for the next, and its outcomes with it. */
    @WithDefault("10")
    int maxFiles();
}
