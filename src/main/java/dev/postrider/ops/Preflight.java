package dev.postrider.ops;

import dev.postrider.delivery.Schedule;
import dev.postrider.dkim.SigningDomains;
import dev.postrider.intake.Inbox;
import dev.postrider.message.MessageComposer;
import dev.postrider.message.MessageSigner;
import dev.postrider.outcome.Outcomes;
import dev.postrider.smtp.RelayConnection;
import dev.postrider.submission.SubmissionReader;
import dev.postrider.template.Templates;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Looks at the settings as a whole before anything starts. What it needs is made now, and so checks its own settings. */
@Startup
@Singleton
class Preflight {

    private static final Logger LOG = Logger.getLogger(Preflight.class);

    Preflight(
            PostriderConfig config,
            RelayConnection relay,
            Inbox inbox,
            SubmissionReader reader,
            Templates templates,
            MessageComposer composer,
            SigningDomains signers,
            MessageSigner signer,
            Schedule schedule,
            Outcomes outcomes) {
        if (!Given.isSet("kafka.bootstrap.servers") && config.folder().path().isEmpty()) {
            throw new IllegalArgumentException(
                    "postrider.folder.path and kafka.bootstrap.servers: set one or both, else there is nothing to relay");
        }
        SettingsCheck.check(config);
        LOG.info(StartLine.of(config));
        signers.all().forEach(domain -> LOG.infof("signs mail from %s", domain));
        config.message().returnPath().ifPresent(signer::foresee);
    }
}
