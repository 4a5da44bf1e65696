package dev.postrider.ops;

import dev.postrider.intake.Inbox;
import dev.postrider.smtp.RelayConnection;
import dev.postrider.submission.RequestReader;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Set;

/** Looks at the settings as a whole before anything starts. What it needs is made now, and so checks its own settings. */
@Startup
@Singleton
class Preflight {

    Preflight(PostriderConfig config, RelayConnection relay, Inbox inbox, RequestReader reader) {
        if (!Given.isSet("kafka.bootstrap.servers") && config.folder().path().isEmpty()) {
            throw new IllegalArgumentException(
                    "postrider.folder.path and kafka.bootstrap.servers: set one or both, else there is nothing to relay");
        }
        if (config.intake().inFlight() < 1) {
            throw new IllegalArgumentException("postrider.intake.in-flight: at least 1");
        }
        if (config.folder().pollInterval().toMillis() < 1) {
            throw new IllegalArgumentException("postrider.folder.poll-interval: at least 1ms");
        }
        if (!Set.of("earliest", "latest", "none").contains(config.kafka().autoOffsetReset())) {
            throw new IllegalArgumentException("postrider.kafka.auto-offset-reset: earliest, latest or none");
        }
        if (config.kafka().sessionTimeout().toSeconds() < 6) {
            throw new IllegalArgumentException("postrider.kafka.session-timeout: at least 6s, brokers refuse less");
        }
    }
}
