package dev.postrider.ops;

import dev.postrider.delivery.LogConfig;
import dev.postrider.delivery.RetryConfig;
import dev.postrider.dkim.DkimConfig;
import dev.postrider.intake.FolderConfig;
import dev.postrider.intake.IntakeConfig;
import dev.postrider.intake.KafkaConfig;
import dev.postrider.ledger.LedgerConfig;
import dev.postrider.outcome.OutcomesConfig;
import dev.postrider.smtp.RateConfig;
import dev.postrider.smtp.SmtpConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Everything under {@code postrider.*}; a key that is not here is refused, so that a typo does not go unnoticed. */
@ConfigMapping(prefix = "postrider")
public interface PostriderConfig {

    SmtpConfig smtp();

    RateConfig rate();

    IntakeConfig intake();

    Message message();

    DkimConfig dkim();

    RetryConfig retry();

    KafkaConfig kafka();

    FolderConfig folder();

    LedgerConfig ledger();

    OutcomesConfig outcomes();

    Attachments attachments();

    Templates templates();

    Limits limits();

    LogConfig log();

    /**
     * Names the instances that share one set of topics, one ledger and one configuration; the group's name unless it is given.
     * It stands before the names of the topics that are this deployment's alone, unless it is {@code postrider}, and on
     * each record there: what another deployment has put off is left alone.
     */
    @WithDefault("${postrider.kafka.group-id}")
    String deployment();

    /** Where the route files are: {@code classpath:routes} for those built in, {@code file:/etc/postrider/routes} for others. */
    @WithDefault("classpath:routes")
    String routes();

    /** {@code postrider.message.*} */
    interface Message {

        /**
         * The header field that carries the request's id, for relays that drop what they had before. Empty: none. Raw
         * messages never get it.
         */
        @WithDefault("X-Postrider-Id")
        Optional<String> idHeader();

        /**
         * The reverse-path of requests that give no {@code returnPath}: all bounces come to this address then. Empty: the
         * address of their {@code sender}, else of {@code from}. Raw messages have their own.
         */
        Optional<String> returnPath();
    }

    /** {@code postrider.attachments.*} */
    interface Attachments {

        /** The folder {@code attachments[].file} is looked up in. Without it every such attachment is refused. */
        Optional<Path> root();
    }

    /** {@code postrider.templates.*} */
    interface Templates {

        /** The folder of the templates; {@code config/templates}, if there is one, unless another is given. */
        Optional<Path> folder();
    }

    /** {@code postrider.limits.*} */
    interface Limits {

        /** Largest send request in bytes; one with attachments in base64 counts with a third more than their size. */
        @WithDefault("37748736")
        int requestBytes();

        /** Recipients of one request, 1000 at most. */
        @WithDefault("1000")
        int recipients();

        /** Attachments of one request. */
        @WithDefault("100")
        int attachments();

        /** All attachments of one request together, in bytes, decoded. */
        @WithDefault("26214400")
        long attachmentBytes();
    }
}
