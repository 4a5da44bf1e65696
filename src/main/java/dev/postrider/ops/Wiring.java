package dev.postrider.ops;

import dev.postrider.delivery.DeadLetter;
import dev.postrider.delivery.Deferral;
import dev.postrider.delivery.LeftAtSource;
import dev.postrider.delivery.LogConfig;
import dev.postrider.delivery.RetryConfig;
import dev.postrider.delivery.Settlement;
import dev.postrider.dkim.SigningDomains;
import dev.postrider.intake.DeferredFiles;
import dev.postrider.intake.FolderConfig;
import dev.postrider.intake.IntakeConfig;
import dev.postrider.intake.KafkaConfig;
import dev.postrider.intake.Spool;
import dev.postrider.intake.Threads;
import dev.postrider.ledger.Ledger;
import dev.postrider.ledger.LedgerClosed;
import dev.postrider.message.AddressedMessage;
import dev.postrider.message.ComposedMessage;
import dev.postrider.message.MessageComposer;
import dev.postrider.message.MessageSigner;
import dev.postrider.message.RawComposer;
import dev.postrider.message.RawMessage;
import dev.postrider.message.SignableMessage;
import dev.postrider.message.Uncomposable;
import dev.postrider.smtp.NotRelayed;
import dev.postrider.smtp.Outgoing;
import dev.postrider.smtp.RateConfig;
import dev.postrider.smtp.RecipientReport;
import dev.postrider.smtp.Reply;
import dev.postrider.smtp.ShuttingDown;
import dev.postrider.smtp.SmtpConfig;
import dev.postrider.smtp.TransactionReport;
import dev.postrider.smtp.UnreadableContent;
import dev.postrider.submission.Arrival;
import dev.postrider.submission.Attachment;
import dev.postrider.submission.AttachmentsRoot;
import dev.postrider.submission.Envelope;
import dev.postrider.submission.Expired;
import dev.postrider.submission.History;
import dev.postrider.submission.InvalidRequest;
import dev.postrider.submission.Mailbox;
import dev.postrider.submission.Origin;
import dev.postrider.submission.RawSubmission;
import dev.postrider.submission.RequestLimits;
import dev.postrider.submission.SendRequest;
import dev.postrider.submission.Slice;
import dev.postrider.submission.Submission;
import dev.postrider.submission.SubmissionReader;
import dev.postrider.submission.TakenOver;
import dev.postrider.submission.Window;
import dev.postrider.template.Templates;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;

/** Hands out the parts of the configuration, and the plain Java made from them; what has a name, the routes call. */
@Singleton
@RegisterForReflection(
        targets = {
            // Called by the routes, by name.
            SubmissionReader.class,
            MessageComposer.class,
            MessageSigner.class,
            Templates.class,
            RawComposer.class,
            // Looked into by the routes, ours today and an operator's tomorrow: ${body.id}, ${exception.message}.
            Arrival.class,
            Origin.class,
            Origin.TopicRecord.class,
            Origin.InboxFile.class,
            Submission.class,
            Window.class,
            SendRequest.class,
            RawSubmission.class,
            Slice.class,
            Mailbox.class,
            Attachment.class,
            Envelope.class,
            Outgoing.class,
            SignableMessage.class,
            AddressedMessage.class,
            ComposedMessage.class,
            RawMessage.class,
            TransactionReport.class,
            RecipientReport.class,
            Reply.class,
            Settlement.class,
            Deferral.class,
            Ledger.Standing.class,
            LedgerClosed.class,
            DeadLetter.class,
            History.class,
            Optional.class,
            Throwable.class,
            // Told apart by the failure policy, by class name.
            Exception.class,
            ShuttingDown.class,
            TakenOver.class,
            Expired.class,
            LeftAtSource.class,
            InvalidRequest.class,
            Uncomposable.class,
            UnreadableContent.class,
            NotRelayed.class,
            // Made by Kafka's client, of its class; Quarkus knows of the other assignors only.
            CooperativeStickyAssignor.class,
            // Named in an operator's settings: a log-in by OAUTHBEARER.
            OAuthBearerLoginModule.class,
            OAuthBearerLoginCallbackHandler.class
        })
class Wiring {

    /** Of all that decides when something is due, over or forgotten. */
    @Produces
    @Singleton
    Clock clock() {
        return new SteadyClock();
    }

    @Produces
    @Singleton
    SmtpConfig smtp(PostriderConfig config) {
        return config.smtp();
    }

    @Produces
    @Singleton
    RateConfig rate(PostriderConfig config) {
        return config.rate();
    }

    @Produces
    @Singleton
    HeapRoom heapRoom(PostriderConfig config) {
        SettingsCheck.check(config);
        return HeapRoom.in(
                Runtime.getRuntime().maxMemory(),
                config.limits().requestBytes(),
                config.intake().inFlightBytes().asLongValue());
    }

    @Produces
    @Singleton
    IntakeConfig intake(PostriderConfig config, HeapRoom room) {
        IntakeConfig given = config.intake();
        return new IntakeConfig() {
            @Override
            public int inFlight() {
                return given.inFlight();
            }

            @Override
            public MemorySize inFlightBytes() {
                return new MemorySize(BigInteger.valueOf(room.inFlightBytes()));
            }

            @Override
            public Threads threads() {
                return given.threads();
            }
        };
    }

    @Produces
    @Singleton
    RetryConfig retry(PostriderConfig config) {
        return config.retry();
    }

    @Produces
    @Singleton
    LogConfig log(PostriderConfig config) {
        return config.log();
    }

    @Produces
    @Singleton
    KafkaConfig kafka(PostriderConfig config) {
        return config.kafka();
    }

    @Produces
    @Singleton
    FolderConfig folder(PostriderConfig config) {
        return config.folder();
    }

    @Produces
    @Singleton
    RequestLimits limits(PostriderConfig config, HeapRoom room) {
        PostriderConfig.Limits limits = config.limits();
        return new RequestLimits(
                room.requestBytes(), limits.recipients(), limits.attachments(), limits.attachmentBytes());
    }

    @Produces
    @Singleton
    Optional<Spool> spool(FolderConfig config) {
        return config.path().map(Spool::new);
    }

    @Produces
    @Singleton
    Optional<DeferredFiles> deferredFiles(Optional<Spool> spool, Clock clock) throws IOException {
        return spool.isEmpty() ? Optional.empty() : Optional.of(new DeferredFiles(spool.get(), clock));
    }

    void leave(@Disposes Optional<Spool> spool) throws IOException {
        if (spool.isPresent()) {
            spool.get().close();
        }
    }

    @Produces
    @Singleton
    @Named("submissionReader")
    SubmissionReader submissionReader(RequestLimits limits, PostriderConfig config, Clock clock) {
        return new SubmissionReader(
                limits, config.attachments().root().map(AttachmentsRoot::at).orElseGet(AttachmentsRoot::none), clock);
    }

    @Produces
    @Singleton
    @Named("templates")
    Templates templates(PostriderConfig config) {
        return new Templates(config.templates().folder());
    }

    @Produces
    @Singleton
    @Named("messageComposer")
    MessageComposer messageComposer(PostriderConfig config, Clock clock) {
        return new MessageComposer(
                clock, config.message().idHeader(), config.message().returnPath());
    }

    @Produces
    @Singleton
    SigningDomains signingDomains(PostriderConfig config) {
        return new SigningDomains(config.dkim());
    }

    @Produces
    @Singleton
    @Named("messageSigner")
    MessageSigner messageSigner(PostriderConfig config, SigningDomains domains) {
        return new MessageSigner(Clock.systemUTC(), domains, config.dkim().unsigned());
    }

    @Produces
    @Singleton
    @Named("rawComposer")
    RawComposer rawComposer() {
        return new RawComposer(Clock.systemUTC());
    }
}
