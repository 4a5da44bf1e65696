package dev.postrider.ops;

import dev.postrider.intake.FolderConfig;
import dev.postrider.intake.KafkaClients;
import dev.postrider.intake.KafkaConfig;
import dev.postrider.intake.Spool;
import dev.postrider.kafka.Deployment;
import dev.postrider.ledger.LedgerConfig;
import dev.postrider.ledger.LedgerFiles;
import dev.postrider.ledger.LedgerStore;
import dev.postrider.ledger.LedgerTopic;
import dev.postrider.outcome.OutcomeFile;
import dev.postrider.outcome.OutcomeTopic;
import dev.postrider.outcome.Outcomes;
import dev.postrider.outcome.OutcomesConfig;
import dev.postrider.process.Worker;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Chooses where things are kept: on Kafka, for what comes from the folder too, or in the folder when there is no Kafka. */
@Singleton
class Stores {

    @Produces
    @Singleton
    LedgerConfig ledgerConfig(PostriderConfig config) {
        return config.ledger();
    }

    @Produces
    @Singleton
    Deployment deployment(PostriderConfig config) {
        return new Deployment(config.deployment());
    }

    @Produces
    @Singleton
    LedgerStore ledger(
            LedgerConfig config,
            KafkaClients clients,
            KafkaConfig kafka,
            Optional<Spool> spool,
            FolderConfig folder,
            Clock clock) {
        if (config.window().isZero()) {
            return LedgerStore.none();
        }
        if (Given.isSet("kafka.bootstrap.servers")) {
            return new LedgerTopic(clients.settings(), kafka.ledgerTopic(), config.window(), clock);
        }
        // Where there is no folder either, the preflight ends the start. With one, the folder is locked and ours alone.
        return spool.isPresent()
                ? new LedgerFiles(folder.path().orElseThrow().resolve(".ledger"), config.window(), clock)
                : LedgerStore.none();
    }

    @Produces
    @Singleton
    OutcomesConfig outcomesConfig(PostriderConfig config) {
        return config.outcomes();
    }

    @Produces
    @Singleton
    Outcomes outcomes(
            OutcomesConfig config,
            KafkaClients clients,
            KafkaConfig kafka,
            Deployment deployment,
            Optional<Spool> spool,
            FolderConfig folder) {
        if (Given.isSet("kafka.bootstrap.servers")) {
            OutcomeTopic outcomes = new OutcomeTopic(clients::safeProducer, kafka.outcomesTopic(), deployment);
            Worker.thread("outcomes-connect", outcomes::connect).start();
            return outcomes;
        }
        return spool.isPresent()
                ? new OutcomeFile(folder.path().orElseThrow(), config)
                : outcomes -> CompletableFuture.completedFuture(null);
    }

    void leave(@Disposes Outcomes outcomes) {
        outcomes.close();
    }
}
