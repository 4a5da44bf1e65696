package dev.postrider.ops;

import dev.postrider.delivery.Schedule;
import dev.postrider.intake.Inbox;
import dev.postrider.message.MessageComposer;
import dev.postrider.outcome.Outcomes;
import dev.postrider.smtp.RelayConnection;
import dev.postrider.submission.RequestReader;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/** Looks at the settings as a whole before anything starts. What it needs is made now, and so checks its own settings. */
@Startup
@Singleton
class Preflight {

    Preflight(
            PostriderConfig config,
            RelayConnection relay,
            Inbox inbox,
            RequestReader reader,
            MessageComposer composer,
            Schedule schedule,
            Outcomes outcomes) {
        if (!Given.isSet("kafka.bootstrap.servers") && config.folder().path().isEmpty()) {
            throw new IllegalArgumentException(
                    "postrider.folder.path and kafka.bootstrap.servers: set one or both, else there is nothing to relay");
        }
        SettingsCheck.check(config);
    }
}
